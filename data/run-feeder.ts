/** The wires in one case, over the run; a null: there is no transformer. */
export interface WireCase {
  /** Lowest and highest voltage of any interval, per unit, and where; buses that a source holds are left out. */
  voltageMinPu: number
  voltageMinBus: string
  voltageMaxPu: number
  voltageMaxBus: string
  /** Greatest loadings, % of ampacity and of rated current. */
  linePercent: number
  line: string
  transformerPercent: number | null
  /** Highest hot spot, °C, and the life used: days of ageing at the paper’s rated temperature. */
  hotSpotC: number | null
  ageingDays: number | null
  lossMilliWh: number
  /** Hours in which a limit was broken somewhere, after curtailment. */
  highVoltageHours: number
  lowVoltageHours: number
  lineHours: number
  transformerHours: number
  curtailedMilliWh: number
  curtailedHours: number
}

/** Cases that the wires run through: of `BILL_CASES` all but `own-battery`, whose flows are the plant’s. */
export const WIRE_CASES = ['no-solar', 'solar-only', 'plant'] as const
export type WireCaseName = (typeof WIRE_CASES)[number]

export interface FeederResult {
  source: string
  network: {
    buses: number
    lines: number
    transformers: { name: string; ratedKva: number }[]
  }
  rule: 'pro-rata' | 'last-in-first-out' | 'block-trades' | 'none'
  limits: { minPu: number; maxPu: number; transformerPercent: number; linePercent: number }
  cases: Record<WireCaseName, WireCase>
  /** Voltages of the buses at which homes stand, as run. */
  buses: { name: string; minPu: number; maxPu: number }[]
  homes: {
    homeId: string
    bus: string
    /** Solar that the wires did not take, as run and with solar only. */
    curtailedMilliWh: number
    curtailedSolarOnlyMilliWh: number
    cutHours: number
    /** Its share of the losses of wires and transformer (< 0: it relieves them); shares sum to the plant’s losses. */
    lossMilliWh: number
  }[]
  /** Offers to neighbors that were blocked whole (rule `block-trades`). */
  blocked: { offers: number; milliWh: number }
  /** Greatest solar power at full output beside the loads of one sunlit interval of little use, kW AC. */
  hosting: {
    at: string
    loadKw: number
    /** The same at every home, and what binds then; empty: nothing up to 1,000 kW. */
    uniformKw: number
    uniformElement: string
    /** At one home alone, at the bus that takes least. */
    worstKw: number
    worstBus: string
    worstElement: string
  }
}
