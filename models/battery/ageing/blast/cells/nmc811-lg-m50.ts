import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

const REFERENCE_KELVIN = 273.15 + 35
/** Anode potential near half charge, V. */
const REFERENCE_VOLT = 0.123

/** NMC811 on graphite-silicon, 21700 cell; use loss by discharge rate alone. */
export const nmc811LgM50: BlastCell = {
  id: 'Nmc811_GrSi_LGM50_5Ah_Battery',
  chemistry: 'NMC',
  source: 'doi:10.1109/ACCESS.2021.3128145 (IEEE 9617644)',
  capacityAh: 5,
  testedC: [0, 25],
  parameters: {
    p_cal: 0.651697743905278,
    q1_b0: -2.39156628786525,
    q1_b1: 2.44205317834185,
    q1_b2: -4.45998246136905,
    q1_b3: 0.448140062203916,
    q1_b4: -0.185337797906876,
    p_cyc: 0.441996792536332,
    q3_b0: 0.181235015387132,
    q3_b1: -0.123779206033993,
    q3_b2: 1.24459541295018,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean((kelvin, soc, anode) => {
      const t = kelvin / REFERENCE_KELVIN
      const u = anode / REFERENCE_VOLT
      return (
        p.q1_b0 +
        p.q1_b1 * Math.exp(t ** 3 / u ** (1 / 3)) +
        (p.q1_b2 * t ** 3) / u ** 0.5 +
        p.q1_b3 * Math.exp(soc ** 0.5 / t ** 2) +
        p.q1_b4 * Math.exp(soc ** 3)
      )
    })
    const cycling = s.mean(
      (kelvin) =>
        p.q3_b0 *
        Math.exp(p.q3_b1 * s.dischargeRatePerHour ** 3) *
        Math.exp(p.q3_b2 * (kelvin / REFERENCE_KELVIN) ** 3 * s.dischargeRatePerHour ** 0.5),
    )
    state[0] += scale * powerLaw(state[0], s.days / 1e4, calendar, p.p_cal)
    state[1] += scale * powerLaw(state[1], s.efc / 1e4, cycling, p.p_cyc)
  },
  health: lessAllLosses,
}
