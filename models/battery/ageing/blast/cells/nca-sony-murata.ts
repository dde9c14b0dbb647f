import { sigmoidLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

const REFERENCE_KELVIN = 273.15 + 45
/** Anode potential near half charge, V. */
const REFERENCE_VOLT = 0.123
const LEAST_CYCLING_LIMIT = 0.15

/** NCA on graphite-silicon, 18650 cell of high power; charge and discharge rates count apart. */
export const ncaSonyMurata: BlastCell = {
  id: 'NCA_GrSi_SonyMurata2p5Ah_Battery',
  chemistry: 'NCA',
  source: 'doi:10.1016/j.jpowsour.2022.232498',
  capacityAh: 2.5,
  testedC: [5, 35],
  parameters: {
    q2: 3.41,
    q1_b0: 0.00748,
    q1_b1: 8.9,
    q1_b2: -4.87,
    p_cal_b0: 1.01,
    p_cal_b1: -0.133,
    p_cal_b2: 1.22,
    p_cal_b3: -0.56,
    q4: 0.479,
    q3_b0: 5.49,
    q3_b1: -64.9,
    q3_b2: 21.3,
    q3_b3: 0.000801,
    p_cyc_b0: 0.422,
    p_cyc_b1: 2.64,
    p_cyc_b2: 0.00627,
    p_cyc_b3: -0.0342,
    p_cyc_b4: 1.29,
    p_cyc_b5: -2.14,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const charge = s.chargeRatePerHour ** 0.5
    const discharge = s.dischargeRatePerHour
    const depth = s.depthFraction ** 0.5
    const high = s.socHighFraction ** 0.5
    const calendar = s.mean((kelvin, _, anode) => {
      const t = kelvin / REFERENCE_KELVIN
      const u = anode / REFERENCE_VOLT
      return p.q1_b0 * Math.exp((p.q1_b1 * t ** 2) / u ** (1 / 3)) * Math.exp((p.q1_b2 * t ** 2) / u ** 0.5)
    })
    const calendarPower = s.mean((kelvin, soc, anode) => {
      const t = kelvin / REFERENCE_KELVIN
      const u = anode / REFERENCE_VOLT
      return (
        p.p_cal_b0 *
        Math.exp(p.p_cal_b1 * t ** 3) *
        Math.exp(p.p_cal_b2 * t ** 3 * soc ** 3) *
        Math.exp((p.p_cal_b3 * t ** 2) / u ** 3)
      )
    })
    const cycling = s.mean((kelvin, soc) => {
      const t = kelvin / REFERENCE_KELVIN
      return (
        p.q3_b0 +
        (p.q3_b1 * charge * soc) / t ** 3 +
        p.q3_b2 * Math.exp((charge * soc) / t ** 3) +
        p.q3_b3 * Math.exp((discharge * soc ** 0.5) / t ** 3)
      )
    })
    const cyclingPower = s.mean((kelvin) => {
      const t = kelvin / REFERENCE_KELVIN
      return Math.abs(
        p.p_cyc_b0 +
          p.p_cyc_b1 * Math.exp((discharge * high) / t ** 3) +
          p.p_cyc_b2 * Math.exp(depth * charge * t ** 3 * s.socLowFraction ** 2) +
          p.p_cyc_b3 * t ** 2 * s.socLowFraction +
          (p.p_cyc_b4 * depth * discharge ** 0.5 * charge) / t +
          p.p_cyc_b5 * Math.exp(depth * s.chargeRatePerHour ** 3 * t * discharge ** 0.5),
      )
    })
    state[0] += scale * sigmoidLaw(state[0], s.days / 5e3, calendar, p.q2, calendarPower)
    state[1] +=
      scale * sigmoidLaw(state[1], s.efc / 1e5, Math.max(cycling, LEAST_CYCLING_LIMIT), p.q4, cyclingPower)
  },
  health: lessAllLosses,
}
