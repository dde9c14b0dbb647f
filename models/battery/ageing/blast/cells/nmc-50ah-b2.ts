import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

const REFERENCE_KELVIN = 273.15 + 35
/** Anode potential near half charge, V. */
const REFERENCE_VOLT = 0.123

/** NMC-graphite pouch cell B2, between energy and power. */
export const nmc50AhB2: BlastCell = {
  id: 'NMC_Gr_50Ah_B2',
  chemistry: 'NMC',
  source: 'doi:10.1016/j.est.2023.109042',
  capacityAh: 50,
  testedC: [10, 45],
  parameters: {
    p1: 12,
    p2: -3.91,
    pcal: 0.584,
    p3: 2.2e9,
    p4: 11.9,
    p5: -35.7,
    p6: 13.7,
    pcyc: 0.907,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean(
      (kelvin, _, anode) =>
        p.p1 * Math.exp((p.p2 / (kelvin / REFERENCE_KELVIN) ** 3) * (anode / REFERENCE_VOLT) ** (1 / 3)),
    )
    const cycling = s.mean((kelvin) => {
      const t = kelvin / REFERENCE_KELVIN
      const rate = s.ratePerHour ** 0.5
      return (
        p.p3 *
        ((s.depthFraction / t ** 3) * rate) ** p.p4 *
        Math.exp((p.p5 * s.depthFraction * rate) / t ** 2) *
        Math.exp((p.p6 * s.depthFraction ** 2 * s.ratePerHour) / t ** 3)
      )
    })
    state[0] += scale * powerLaw(state[0], s.days / 1e4, calendar, p.pcal)
    state[1] += scale * powerLaw(state[1], s.efc / 1e4, cycling, p.pcyc)
  },
  health: lessAllLosses,
}
