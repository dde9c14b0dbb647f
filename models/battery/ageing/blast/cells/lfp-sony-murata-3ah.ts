import { scaledPowerLaw, sigmoidLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

const BREAK_IN_EFC_PER_DAY = 3

/** Density of a skewed normal distribution around one half. */
function skewNormal(x: number, skew: number, width: number): number {
  const z = (x - 0.5) / width
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  return 2 * density * normalBelow(skew * z)
}

/** Part of a normal distribution below z: Marsaglia's series, J. Stat. Softw. 11 (2004). */
function normalBelow(z: number): number {
  if (z < -8) return 0
  if (z > 8) return 1
  let sum = z
  let term = z
  for (let k = 3; Math.abs(term) > 1e-17; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

/** LFP-graphite cylindrical cell of Naumann et al., with a break-in above three full cycles a day. */
export const lfpSonyMurata3Ah: BlastCell = {
  id: 'Lfp_Gr_SonyMurata3Ah_Battery',
  chemistry: 'LFP',
  source: 'doi:10.1149/1945-7111/ac86a8, doi:10.1016/j.est.2018.01.019, doi:10.1016/j.jpowsour.2019.227666',
  capacityAh: 3,
  testedC: [20, 40],
  parameters: {
    q2: 0.000130510034211874,
    q1_b0: 0.98968715129359,
    q1_b1: -2881067.56019324,
    q1_b2: 8742.06309157261,
    q3_b0: 0.000332850281062177,
    q3_b1: 734553185711.369,
    q3_b2: -2.8216157562078e-6,
    q3_b3: -3284991315.45121,
    q3_b4: 0.0012722759365729,
    q8: 0.00303553871631028,
    q9: 1.43752162947637,
    q7_b0: 0.582258029148225,
    q7_soc_skew: 0.0583128906965484,
    q7_soc_width: 0.208738181522897,
    q7_dod_skew: -3.80744333129564,
    q7_dod_width: 1.1612626042821,
    q7_dod_growth: 25.4130804598602,
    q6: 1.12847759334355,
    q5_b0: -6.81260579372875e-6,
    q5_b1: 2.59615973160844e-5,
    q5_b2: 2.11559710307295e-6,
    k_ref_r_cal: 3.4194e-10,
    Ea_r_cal: 71827,
    C_r_cal: -3.3903,
    D_r_cal: 1.5604,
    A_r_cyc: -0.002,
    B_r_cyc: 0.0021,
    C_r_cyc: 6.8477,
    D_r_cyc: 0.91882,
  },
  start: [0, 0, 1e-10],
  advance(p, s, state, scale) {
    const limit = s.mean((kelvin, _, anode) =>
      Math.abs(
        p.q1_b0 *
          Math.exp((p.q1_b1 / kelvin ** 2) * anode ** 0.5) *
          Math.exp((p.q1_b2 / kelvin) * anode ** 0.5),
      ),
    )
    const power = s.mean((kelvin, _, anode) =>
      Math.abs(
        p.q3_b0 *
          Math.exp((p.q3_b1 / kelvin ** 4) * anode ** (1 / 3)) *
          Math.exp(p.q3_b2 * kelvin ** 3 * anode ** (1 / 4)) *
          Math.exp((p.q3_b3 / kelvin ** 3) * anode ** (1 / 3)) *
          Math.exp(p.q3_b4 * kelvin ** 2 * anode ** (1 / 4)),
      ),
    )
    const depth = s.depthFraction
    const cycling = Math.abs(p.q5_b0 + p.q5_b1 * depth + p.q5_b2 * Math.exp(depth ** 2 * s.ratePerHour ** 3))
    state[0] += scale * sigmoidLaw(state[0], s.days, limit, p.q2, power)
    state[1] += scale * scaledPowerLaw(state[1], s.efc, cycling, p.q6)
    if (s.efc / s.days > BREAK_IN_EFC_PER_DAY) {
      const breakIn = s.mean((_, soc) =>
        Math.abs(
          p.q7_b0 *
            skewNormal(soc, p.q7_soc_skew, p.q7_soc_width) *
            skewNormal(depth, p.q7_dod_skew, p.q7_dod_width) *
            (1 - 2 / (1 + Math.exp(p.q7_dod_growth * depth))),
        ),
      )
      state[2] += scale * sigmoidLaw(state[2], s.efc, breakIn, p.q8, p.q9)
    }
  },
  health: lessAllLosses,
}
