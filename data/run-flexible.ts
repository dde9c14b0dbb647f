export type DeviceName = 'vehicle' | 'heat-pump' | 'water-heater'

/** A flexible device over the run, beside the same device as if nothing were flexible (the reference). */
export interface DeviceResult {
  device: DeviceName
  energyMilliWh: number
  referenceMilliWh: number
  /** What its energy costs at the retail price of each interval; own solar counts at that price too. */
  retailMicroUsd: number
  referenceRetailMicroUsd: number
  /** Hours below the comfort limit. */
  discomfortHours: number
  /** Vehicle: what a trip needed beyond its battery. */
  elsewhereMilliWh: number
}

export interface FlexibilityResult {
  homeId: string
  site: 'home' | 'commercial'
  preferences: { comfort: number; green: number; local: number; price: number }
  devices: DeviceResult[]
}

/** One participant of demand response over the run; its money stands beside the bills. */
export interface DemandResponseResult {
  homeId: string
  site: 'home' | 'commercial'
  /** Least payment for which it answers. */
  costUsdPerKwh: number
  called: number
  answered: number
  reducedMilliWh: number
  paidMicroUsd: number
  /** What answering costs it: reduction × cost. */
  costMicroUsd: number
}
