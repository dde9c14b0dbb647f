import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

/** Large prismatic LFP-graphite cell: time loss by temperature and anode potential, use loss by depth and rate. */
export const lfp250AhPrismatic: BlastCell = {
  id: 'Lfp_Gr_250AhPrismatic',
  chemistry: 'LFP',
  source: 'doi:10.1016/j.est.2023.109042',
  capacityAh: 250,
  testedC: [10, 45],
  parameters: {
    p1: 8.37e4,
    p2: -5.21e3,
    p3: -3.56e3,
    pcal: 0.526,
    p4: 4.38e-8,
    p5: 1.55e-8,
    p6: 1.68e-7,
    p7: 2.19e3,
    p8: 1.55e5,
    pcyc: 0.828,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const calendar = s.mean(
      (kelvin, _, anode) => Math.abs(p.p1) * Math.exp(p.p2 / kelvin) * Math.exp((p.p3 * anode) / kelvin),
    )
    const cycling = s.mean(
      (kelvin) =>
        (p.p4 + p.p5 * s.depthFraction + p.p6 * s.ratePerHour) *
        (Math.exp(p.p7 / kelvin) + Math.exp(-p.p8 / kelvin)),
    )
    state[0] += scale * powerLaw(state[0], s.days, calendar, p.pcal)
    state[1] += scale * powerLaw(state[1], s.efc, cycling, p.pcyc)
  },
  health: lessAllLosses,
}
