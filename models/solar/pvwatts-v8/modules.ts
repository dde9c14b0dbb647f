import type { SingleDiode } from '../single-diode.ts'

export type ModuleType = 'standard' | 'premium' | 'thin-film'

/** A module type of PVWatts: the circuit that stands for it, and what its array looks like. */
export interface PvwattsModule {
  readonly diode: SingleDiode
  /** At standard conditions; gives the size of a module, for rows that shade each other. */
  readonly efficiencyFraction: number
}

/**
 * Modules that stand for the types of PVWatts version 8, as SAM's source has them (NREL ssc, cmod_pvwattsv8):
 * Canadian Solar CS1H-320MS, SunPower SPR-E20-327, First Solar FS-6435A.
 */
export const PVWATTS_MODULES: Record<ModuleType, PvwattsModule> = {
  standard: {
    efficiencyFraction: 0.19,
    diode: {
      areaM2: 1.6864,
      maxPowerVolts: 35.8,
      maxPowerAmps: 9.01,
      lightAmps: 9.51393,
      saturationAmps: 4.37813e-11,
      idealityVolts: 1.65916,
      seriesOhm: 0.269953,
      shuntOhm: 654.059,
      ampsPerC: 0.004755,
      adjustPercent: 5.79586,
    },
  },
  premium: {
    efficiencyFraction: 0.21,
    diode: {
      areaM2: 1.6297,
      maxPowerVolts: 54.7,
      maxPowerAmps: 5.98,
      lightAmps: 6.4704,
      saturationAmps: 2.01784e-11,
      idealityVolts: 2.45326,
      seriesOhm: 0.421231,
      shuntOhm: 261.723,
      ampsPerC: 0.0026,
      adjustPercent: 9.56482,
    },
  },
  'thin-film': {
    efficiencyFraction: 0.18,
    diode: {
      areaM2: 2.4751,
      maxPowerVolts: 183.6,
      maxPowerAmps: 2.37,
      lightAmps: 2.55475,
      saturationAmps: 2.69243e-12,
      idealityVolts: 7.97293,
      seriesOhm: 4.60991,
      shuntOhm: 2476.95,
      ampsPerC: 0.00102,
      adjustPercent: -2.49865,
    },
  },
}
