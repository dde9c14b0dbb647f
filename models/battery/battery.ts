/**
 * A home battery with its own inverter (AC-coupled): energy in, energy out, what is lost between,
 * and how much it holds after some use. All powers are at the AC terminals.
 */
export interface BatteryParameters {
  /** Usable energy inside the battery when new, kWh. */
  readonly capacityKwh: number
  /** Greatest AC power, charging and discharging, kW. */
  readonly powerKw: number
  /** Stored per unit of AC energy taken, (0, 1]. */
  readonly chargeEfficiency: number
  /** AC energy given per unit drawn from the store, (0, 1]. */
  readonly dischargeEfficiency: number
  /** Own use around the clock, W; drawn from the store down to its reserve, then from the AC side. */
  readonly standbyW: number
  /** Stored energy lost at rest, % of what is stored, for 30 days. */
  readonly selfDischargePercentPerMonth: number
  readonly minSocFraction: number
  readonly maxSocFraction: number
  /** Usable energy lost with time, % of new for 365 days, linear. */
  readonly calendarFadePercentPerYear: number
  /** Usable energy lost by use, % of new for 1,000 equivalent full cycles, linear. */
  readonly cycleFadePercentPerThousandEfc: number
}

export interface BatteryState {
  /** Energy in the store, kWh, within [0, capacity × SoH]. */
  readonly energyKwh: number
  /** State of health: usable energy now over usable energy when new, (0, 1]. */
  readonly sohFraction: number
  /** Energy drawn from the store so far, kWh; over the capacity this is the EFC count. */
  readonly throughputKwh: number
}

export interface BatteryStep {
  readonly state: BatteryState
  /** AC energy taken, kWh, >= 0. */
  readonly chargedKwh: number
  /** AC energy given, kWh, >= 0. */
  readonly dischargedKwh: number
  /** chargedKwh + standbyImportKwh − dischargedKwh − (change of energy in the store), kWh. */
  readonly lossKwh: number
  /** Standby that the store, at its reserve, did not cover: taken from the AC side, kWh. */
  readonly standbyImportKwh: number
}

const HOURS_PER_MONTH = 720
const HOURS_PER_YEAR = 8760

/** A new battery at a state of charge, [0, 1]. */
export const newBattery = (params: BatteryParameters, socFraction: number): BatteryState => ({
  energyKwh: params.capacityKwh * socFraction,
  sohFraction: 1,
  throughputKwh: 0,
})

/** Equivalent full cycles: energy drawn over usable energy when new. */
export const equivalentFullCycles = (params: BatteryParameters, state: BatteryState): number =>
  state.throughputKwh / params.capacityKwh

/**
 * One step at a requested AC power, kW; `powerKw > 0` discharges. The request is met as far as power
 * limit and state of charge allow. Charging stores `c·ηc`, discharging draws `d/ηd`; then standby and
 * self-discharge take their part. With perfect rest this is the recurrence
 * `c = min(request, P, (Emax − E)/ηc)`, `d = min(request, P, (E − Emin)·ηd)`.
 */
export function stepBattery(
  params: BatteryParameters,
  state: BatteryState,
  powerKw: number,
  stepHours: number,
): BatteryStep {
  const capacityKwh = params.capacityKwh * state.sohFraction
  const topKwh = capacityKwh * params.maxSocFraction
  const bottomKwh = capacityKwh * params.minSocFraction
  const limitKwh = params.powerKw * stepHours
  let energyKwh = state.energyKwh
  let chargedKwh = 0
  let dischargedKwh = 0
  let drawnKwh = 0
  if (powerKw < 0) {
    const roomKwh = Math.max(0, topKwh - energyKwh) / params.chargeEfficiency
    chargedKwh = Math.min(-powerKw * stepHours, limitKwh, roomKwh)
    energyKwh += chargedKwh * params.chargeEfficiency
  } else if (powerKw > 0) {
    const thereKwh = Math.max(0, energyKwh - bottomKwh) * params.dischargeEfficiency
    dischargedKwh = Math.min(powerKw * stepHours, limitKwh, thereKwh)
    drawnKwh = dischargedKwh / params.dischargeEfficiency
    // Multiplied and divided again, the last of it can come out a bit larger than it was.
    energyKwh = Math.max(0, energyKwh - drawnKwh)
  }
  const restKwh = energyKwh
  // Exponential decay, so that one long step loses what many short ones lose.
  if (params.selfDischargePercentPerMonth > 0) {
    energyKwh *= (1 - params.selfDischargePercentPerMonth / 100) ** (stepHours / HOURS_PER_MONTH)
  }
  const standbyKwh = (params.standbyW / 1000) * stepHours
  const fromStoreKwh = Math.min(standbyKwh, Math.max(0, energyKwh - bottomKwh))
  energyKwh -= fromStoreKwh
  const standbyImportKwh = standbyKwh - fromStoreKwh

  const sohFraction =
    state.sohFraction -
    ((params.calendarFadePercentPerYear / 100) * stepHours) / HOURS_PER_YEAR -
    ((params.cycleFadePercentPerThousandEfc / 100) * drawnKwh) / (1000 * params.capacityKwh)
  const heldKwh = Math.min(energyKwh, params.capacityKwh * sohFraction)
  return {
    state: { energyKwh: heldKwh, sohFraction, throughputKwh: state.throughputKwh + drawnKwh },
    chargedKwh,
    dischargedKwh,
    lossKwh:
      chargedKwh * (1 - params.chargeEfficiency) +
      (drawnKwh - dischargedKwh) +
      (restKwh - heldKwh) +
      standbyImportKwh,
    standbyImportKwh,
  }
}

/** What a new, full battery can deliver down to its reserve, kWh AC: what it is registered with. */
export const ratedDeliverableKwh = (params: BatteryParameters): number =>
  params.capacityKwh * (params.maxSocFraction - params.minSocFraction) * params.dischargeEfficiency

/**
 * AC energy that the discharge register would still advance before the battery refuses, kWh, at
 * rest and without charging: E of the burn algorithm.
 */
export function deliverableKwh(params: BatteryParameters, state: BatteryState): number {
  const bottomKwh = params.capacityKwh * state.sohFraction * params.minSocFraction
  return Math.max(0, state.energyKwh - bottomKwh) * params.dischargeEfficiency
}
