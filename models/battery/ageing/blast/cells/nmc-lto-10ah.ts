import { powerLaw } from '../laws.ts'
import type { BlastCell } from '../cell.ts'

const REFERENCE_KELVIN = 273.15 + 45

/** NMC on lithium titanate: with time it gains as well as loses. */
export const nmcLto10Ah: BlastCell = {
  id: 'Nmc_Lto_10Ah_Battery',
  chemistry: 'LTO',
  source: 'doi:10.1016/j.jpowsour.2020.228566',
  capacityAh: 10.2,
  testedC: [30, 60],
  parameters: {
    alpha_0: 3.11e11,
    alpha_1: -34.8,
    alpha_2: 1.07,
    alpha_p: 0.473,
    beta_0: 7.86e10,
    beta_1: -35.8,
    beta_2: 3.94,
    beta_p: -0.553,
    gamma_0: 1.29,
    gamma_1: 7.83e-5,
    gamma_2: 4.02,
    gamma_3: -8.33,
    gamma_p: 0.526,
  },
  start: [0, 0, 0],
  advance(p, s, state, scale) {
    const gain = s.mean((kelvin, soc) => {
      const t = kelvin / REFERENCE_KELVIN
      return p.alpha_0 * Math.exp(p.alpha_1 / t) * Math.exp((p.alpha_2 * soc) / t)
    })
    const loss = s.mean((kelvin, soc) => {
      const t = kelvin / REFERENCE_KELVIN
      return p.beta_0 * Math.exp(p.beta_1 / t) * Math.exp((p.beta_2 * soc) / t)
    })
    const cycling = s.mean(
      (kelvin) =>
        (p.gamma_0 + p.gamma_1 * s.ratePerHour + p.gamma_2 * s.depthFraction ** 3) *
        Math.exp(p.gamma_3 / (kelvin / REFERENCE_KELVIN)),
    )
    state[0] += scale * powerLaw(state[0], s.days, loss, p.beta_p)
    state[1] += scale * powerLaw(state[1], s.days, gain, p.alpha_p)
    state[2] += scale * powerLaw(state[2], s.efc, cycling, p.gamma_p)
  },
  health: (state) => 1 - state[0] + state[1] - state[2],
}
