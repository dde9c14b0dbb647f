import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

/** NMC811 on graphite-silicon, 18650 cell. */
export const nmc811LgMj1: BlastCell = {
  id: 'Nmc811_GrSi_LGMJ1_4Ah_Battery',
  chemistry: 'NMC',
  source: 'EVERLASTING D2.3 (2020)',
  capacityAh: 3.5,
  testedC: [0, 50],
  parameters: {
    qcal_A: 0.0353,
    qcal_B: -1.03e3,
    qcal_C: 57.7,
    qcal_p: 0.743,
    qcyc_A: 1.77e-7,
    qcyc_B: 8.08e-13,
    qcyc_C: 2.21e-7,
    qcyc_D: 2.25e3,
    qcyc_E: 1.14e4,
    qcyc_p: 0.695,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean(
      (kelvin, soc) => p.qcal_A * Math.exp(p.qcal_B / kelvin) * Math.exp((p.qcal_C * soc) / kelvin),
    )
    const cycling = s.mean(
      (kelvin) =>
        (p.qcyc_A + p.qcyc_B * s.ratePerHour + p.qcyc_C * s.depthFraction) *
        (Math.exp(p.qcyc_D / kelvin) + Math.exp(-p.qcyc_E / kelvin)),
    )
    state[0] += scale * powerLaw(state[0], s.days, calendar, p.qcal_p)
    state[1] += scale * powerLaw(state[1], s.efc, cycling, p.qcyc_p)
  },
  health: lessAllLosses,
}
