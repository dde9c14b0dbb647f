import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

/** Second-life LMO-graphite half-module, 70 % of new at its start, which is this model’s 1. */
export const lmoNissanLeaf: BlastCell = {
  id: 'Lmo_Gr_NissanLeaf66Ah_2ndLife_Battery',
  chemistry: 'LMO',
  source: 'doi:10.1016/j.est.2020.101695, doi:10.1109/EEEIC/ICPSEUROPE54979.2022.9854784',
  capacityAh: 66,
  testedC: [20, 30],
  parameters: {
    qcal_A: 3.25e8,
    qcal_B: -7.58e3,
    qcal_C: 162,
    qcal_p: 0.464,
    qcyc_A: 7.58e-5,
    qcyc_p: 1.08,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean(
      (kelvin, soc) => p.qcal_A * Math.exp(p.qcal_B / kelvin) * Math.exp((p.qcal_C * soc) / kelvin),
    )
    const cycling = p.qcyc_A
    state[0] += scale * powerLaw(state[0], s.days, calendar, p.qcal_p)
    state[1] += scale * powerLaw(state[1], s.efc, cycling, p.qcyc_p)
  },
  health: lessAllLosses,
}
