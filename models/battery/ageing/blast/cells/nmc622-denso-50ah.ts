import { powerLaw } from '../laws.ts'
import { type BlastCell, lessAllLosses } from '../cell.ts'

const arrhenius = (kelvin: number, energyJoulePerMole: number): number =>
  Math.exp(-(energyJoulePerMole / 8.3144) * (1 / kelvin - 1 / 298.15))

/** NMC622-graphite vehicle cell. The break-in of its paper stays off, as in BLAST-Lite. */
export const nmc622Denso50Ah: BlastCell = {
  id: 'Nmc622_Gr_DENSO50Ah_Battery',
  chemistry: 'NMC',
  source: 'doi:10.1149/1945-7111/ac2ebd',
  capacityAh: 50,
  testedC: [10, 60],
  parameters: {
    b1t_Ea: 37000,
    b1t_0: -0.000197,
    b1t_1: 0.0101,
    b1t_2: -0.0157,
    b1t_3: 0.00835,
    b1t_4: -4.06e-6,
    b1t_5: 3.32e-5,
    b1N_Ea_1: -58000,
    b1N_0: 3.24,
    b1N_1: 2.1,
    b1N_2: -0.099,
    b1N_3: 1.44,
    b1N_Ea_2: -13000,
    b1N_4: 0.985,
    b3t_0: -0.0303,
    b3t_1: 0.269,
    b3t_2: -1.36,
    b3t_3: 0.208,
    b3t_4: -0.272,
    b3N_0: 0.0791,
    b3N_Ea: -8800,
    b3N_1: 1.143,
    b3N_2: -0.0386,
    b3N_3: 0.178,
  },
  start: [0, 0],
  advance(p, s, state, scale) {
    const kelvin = s.sampleMean((t) => t)
    const soc = s.sampleMean((_, fraction) => fraction)
    const rate = s.chargeRatePerHour === 0 ? s.ratePerHour : s.chargeRatePerHour
    const stress = (s.depthFraction * rate) ** 0.5
    const calendar =
      arrhenius(kelvin, p.b1t_Ea) *
      (p.b1t_0 +
        p.b1t_1 * soc +
        p.b1t_2 * soc ** 2 +
        p.b1t_3 * soc ** 3 +
        p.b1t_4 * soc * kelvin +
        p.b1t_5 * Math.max(0, kelvin - 328.15))
    const cycling =
      Math.max(0, p.b1N_0 * arrhenius(kelvin, p.b1N_Ea_1) * stress * (1 + p.b1N_1 * soc) + p.b1N_2) +
      p.b1N_3 * arrhenius(kelvin, p.b1N_Ea_2) * s.depthFraction ** 6
    const used = scale * powerLaw(state[1], s.efc, calendar * cycling * p.b1N_4, 0.5)
    state[0] += scale * powerLaw(state[0], s.days, calendar, 0.5)
    // From nothing the law of the root runs away; the published model goes on linearly.
    state[1] += used > 1e-2 ? 5e-4 * s.efc : used
  },
  health: lessAllLosses,
}
