import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

/** NCA-graphite 18650 cell. */
export const ncaPanasonic3Ah: BlastCell = {
  id: 'Nca_Gr_Panasonic3Ah_Battery',
  chemistry: 'NCA',
  source: 'doi:10.1149/2.0411609jes, doi:10.1149/1945-7111/abae37',
  capacityAh: 3.2,
  testedC: [15, 35],
  parameters: {
    qcal_A: 75.4,
    qcal_B: -3.34e3,
    qcal_C: 353,
    qcal_p: 0.512,
    qcyc_A: 1.86e-6,
    qcyc_B: 4.74e-11,
    qcyc_C: 0.000177,
    qcyc_D: 3.34e-11,
    qcyc_E: 2.81e-9,
    qcyc_p: 0.699,
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
