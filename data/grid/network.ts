/**
 * A distribution network as its data give it: one balanced three-phase equivalent, or one single-phase circuit.
 * Buses are named by their place in `buses` from here on, whatever their numbers in a file.
 */
export interface Bus {
  readonly name: string
  /** Nominal line-to-line voltage (single phase: between the two conductors), kV. */
  readonly nominalKv: number
  readonly inService: boolean
}

/** A line as one π: series impedance and the shunt of its whole length. */
export interface Line {
  readonly name: string
  readonly from: number
  readonly to: number
  /** Of one conductor; of a single-phase circuit the way out and back. Ohm. */
  readonly rOhm: number
  readonly xOhm: number
  /** Shunt of the whole line, siemens. */
  readonly gSiemens: number
  readonly bSiemens: number
  /** Ampacity of all parallel circuits together, A. */
  readonly ampacityA: number
  /** What the data call its conductor; empty: nothing. */
  readonly conductor: string
  readonly inService: boolean
  /** False: the switch at that end is open; the line then hangs on the other. */
  readonly fromClosed: boolean
  readonly toClosed: boolean
}

export interface Transformer {
  readonly name: string
  readonly hvBus: number
  readonly lvBus: number
  /** Rated apparent power of one, kVA, and how many work side by side. */
  readonly ratedKva: number
  readonly parallel: number
  /** Part of the rating that may be used (`df`). */
  readonly ratingFactor: number
  readonly hvKv: number
  readonly lvKv: number
  /** Short-circuit voltage and its real part, % of rated. */
  readonly shortCircuitPercent: number
  readonly shortCircuitRealPercent: number
  readonly ironLossKw: number
  readonly noLoadCurrentPercent: number
  readonly shiftDegrees: number
  readonly tapSide: 'hv' | 'lv'
  /** Steps away from neutral, and the size of one: % of the side's voltage at an angle. */
  readonly tapSteps: number
  readonly tapStepPercent: number
  readonly tapStepDegrees: number
  /** Part of the leakage impedance on the high-voltage side of the T. */
  readonly leakageResistanceHv: number
  readonly leakageReactanceHv: number
  readonly inService: boolean
  readonly hvClosed: boolean
  readonly lvClosed: boolean
}

/** A bus held at a voltage: where the rest of the grid begins. */
export interface Source {
  readonly bus: number
  readonly voltagePu: number
  readonly angleDegrees: number
}

/** A connection with its rated power and the profile that scales it; > 0 as its kind counts (load, generation). */
export interface Connection {
  readonly name: string
  readonly bus: number
  readonly ratedKw: number
  readonly ratedKvar: number
  readonly profile: string
}

export interface Network {
  readonly name: string
  readonly frequencyHz: number
  readonly phases: 1 | 3
  readonly buses: readonly Bus[]
  readonly lines: readonly Line[]
  readonly transformers: readonly Transformer[]
  readonly sources: readonly Source[]
  /** Pairs of buses that a closed switch makes one. */
  readonly couplers: readonly (readonly [number, number])[]
  readonly loads: readonly Connection[]
  readonly generators: readonly Connection[]
  readonly storages: readonly Connection[]
}
