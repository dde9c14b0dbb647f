import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

const REFERENCE_KELVIN = 273.15 + 35
/** Anode potential near half charge, V. */
const REFERENCE_VOLT = 0.123

/** NMC-graphite pouch cell A of high power. */
export const nmc75AhA: BlastCell = {
  id: 'NMC_Gr_75Ah_A',
  chemistry: 'NMC',
  source: 'doi:10.1016/j.est.2023.109042',
  capacityAh: 75,
  testedC: [10, 45],
  parameters: {
    p1: 8.71e-7,
    p2: 10,
    pcal: 0.578,
    p3: 0.0267,
    p4: 1.64,
    p5: 0.011,
    p6: -0.44,
    pcyc: 1.11,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean(
      (kelvin, _, anode) =>
        p.p1 * Math.exp((p.p2 * (kelvin / REFERENCE_KELVIN) ** 3) / (anode / REFERENCE_VOLT) ** (1 / 3)),
    )
    const cycling = s.mean((kelvin) => {
      const t = kelvin / REFERENCE_KELVIN
      const depth = s.depthFraction ** 0.5
      return Math.abs(
        p.p3 +
          p.p4 * t ** 3 * depth +
          p.p5 * Math.exp(s.ratePerHour ** 2 / t ** 0.5) +
          p.p6 * Math.exp(depth * t ** 2 * s.ratePerHour ** 0.5),
      )
    })
    state[0] += scale * powerLaw(state[0], s.days / 1e3, calendar, p.pcal)
    state[1] += scale * powerLaw(state[1], s.efc / 1e4, cycling, p.pcyc)
  },
  health: lessAllLosses,
}
