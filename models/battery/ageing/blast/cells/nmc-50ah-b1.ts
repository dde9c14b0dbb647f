import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

const REFERENCE_KELVIN = 273.15 + 35
/** Anode potential near half charge, V. */
const REFERENCE_VOLT = 0.123

/** NMC-graphite pouch cell B1 of high power. */
export const nmc50AhB1: BlastCell = {
  id: 'NMC_Gr_50Ah_B1',
  chemistry: 'NMC',
  source: 'doi:10.1016/j.est.2023.109042',
  capacityAh: 50,
  testedC: [10, 45],
  parameters: {
    p1: 36.2,
    p2: -4.4,
    pcal: 0.708,
    p3: 0.844,
    p4: 0.458,
    pcyc: 0.467,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean(
      (kelvin, _, anode) =>
        p.p1 * Math.exp((p.p2 / (kelvin / REFERENCE_KELVIN) ** 3) * (anode / REFERENCE_VOLT) ** (1 / 3)),
    )
    const cycling = s.mean((kelvin) =>
      Math.abs(
        p.p3 * (s.depthFraction ** 2 * (kelvin / REFERENCE_KELVIN) ** 3 * s.ratePerHour ** 0.5) ** p.p4,
      ),
    )
    state[0] += scale * powerLaw(state[0], s.days / 1e4, calendar, p.pcal)
    state[1] += scale * powerLaw(state[1], s.efc / 1e5, cycling, p.pcyc)
  },
  health: lessAllLosses,
}
