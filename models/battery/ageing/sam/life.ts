/** One step of a battery as an ageing model sees it. */
export interface AgeingStep {
  /** Depth of discharge before and after, % of the capacity that is left. */
  readonly fromDepthPercent: number
  readonly toDepthPercent: number
  /** The current changed its direction: charging after discharging or the other way. */
  readonly turned: boolean
  readonly temperatureC: number
  readonly hours: number
}

/** A life model that is fed step by step. */
export interface SamLife {
  step(step: AgeingStep): void
  /** Relative capacity, %. May begin above 100. */
  capacityPercent(): number
}

export const KELVIN = 273.15
/** Gas constant, J/(mol K), and Faraday constant, C/mol, as SAM has them. */
export const GAS_CONSTANT = 8.314
export const FARADAY = 96_485
export const REFERENCE_KELVIN = 298.15
