import { powerLaw, sigmoidLaw } from '../laws.ts'
import type { BlastCell } from '../cell.ts'

const REFERENCE_KELVIN = 273.15 + 35
/** Anode potential near half charge, V. */
const REFERENCE_VOLT = 0.123

/** NMC-graphite pouch cell: what is left of lithium or of active material, whichever is less. */
export const nmc111Kokam75Ah: BlastCell = {
  id: 'Nmc111_Gr_Kokam75Ah_Battery',
  chemistry: 'NMC',
  source: 'doi:10.23919/ACC.2017.7963578',
  capacityAh: 75,
  testedC: [0, 45],
  parameters: {
    q1_0: 2.66e7,
    q1_1: -17.8,
    q1_2: -5.21,
    q2: 0.357,
    q3_0: 3.8e3,
    q3_1: -18.4,
    q3_2: 1.04,
    q4: 0.778,
    q5_0: 1e4,
    q5_1: 153,
    p_LAM: 10,
    r1: 0.057,
    r2: 1.25,
    r3: 4.87,
    r4: 0.712,
    r5: -0.08,
    r6: 1.09,
  },
  start: [0, 0, 1e-8],
  advance(p, s, state, scale) {
    const calendar = s.mean((kelvin, _, anode) => {
      const t = kelvin / REFERENCE_KELVIN
      return p.q1_0 * Math.exp(p.q1_1 / t) * Math.exp((p.q1_2 * (anode / REFERENCE_VOLT)) / t)
    })
    const cycling = s.mean(
      (kelvin) =>
        p.q3_0 *
        Math.exp(p.q3_1 / (kelvin / REFERENCE_KELVIN)) *
        Math.exp(p.q3_2 * Math.exp(s.depthFraction ** 2)),
    )
    const meanSoc = s.sampleMean((_, soc) => soc)
    const cyclesToLoss = s.mean(
      (kelvin) => p.q5_0 + p.q5_1 * (kelvin - 273.15 - 55) * s.depthFraction * (meanSoc / 0.6),
    )
    state[0] += scale * powerLaw(state[0], s.days, calendar, p.q2)
    state[1] += scale * powerLaw(state[1], s.efc, cycling, p.q4)
    state[2] += scale * sigmoidLaw(state[2], s.efc, 1, 1 / cyclesToLoss, p.p_LAM)
  },
  health: (state) => Math.min(1 - state[0] - state[1], 1.01 - state[2]),
}
