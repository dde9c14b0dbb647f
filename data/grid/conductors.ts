/**
 * Aluminum conductors of low-voltage services: AC resistance and reactance at 60 Hz, 75 °C, in a plastic conduit, ohm
 * per 1,000 ft (NFPA 70 (NEC) 2020, chapter 9, table 9), and ampacity at 75 °C, A (table 310.16). Triplex in air may carry
 * more: the table is on the safe side.
 */
const TABLE = {
  'al-2': [0.32, 0.045, 90],
  'al-1/0': [0.2, 0.044, 120],
  'al-2/0': [0.16, 0.043, 135],
  'al-4/0': [0.1, 0.041, 180],
  'al-350': [0.061, 0.04, 250],
} as const

export type ConductorName = keyof typeof TABLE
export const CONDUCTOR_NAMES = Object.keys(TABLE) as [ConductorName, ...ConductorName[]]

const FEET_PER_METRE = 1 / 0.3048

export interface Conductor {
  readonly ohmPerKm: number
  readonly reactanceOhmPerKm: number
  readonly ampacityA: number
}

export function conductor(name: ConductorName): Conductor {
  const [r, x, ampacityA] = TABLE[name]
  return { ohmPerKm: r * FEET_PER_METRE, reactanceOhmPerKm: x * FEET_PER_METRE, ampacityA }
}
