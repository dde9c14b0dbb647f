import {
  type BatteryDetail,
  type Conditions,
  type Conversion,
  conversionOf,
  standbyKw,
  typicalDischargeEfficiency,
} from './conversion.ts'

/**
 * A home battery with its own inverter (AC-coupled) or one that it shares with the solar panels: energy in, energy out, what is lost between,
 * and how much it holds after some use. All powers are at the AC terminals; solar that charges before a
 * shared inverter counts as the AC energy that it would have been.
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
  /** Losses by power, charge, health and temperature, and the coupling; left out: constant efficiencies. */
  readonly detail?: BatteryDetail | undefined
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
  /**
   * chargedKwh + standbyImportKwh − dischargedKwh − (change of energy in the store), kWh. Below zero
   * where DC coupling stores what an inverter would have lost.
   */
  readonly lossKwh: number
  /** Standby that the store, at its reserve, did not cover: taken from the AC side, kWh. */
  readonly standbyImportKwh: number
  /** The store, full or empty, took or gave less than was asked within the power limit. */
  readonly atLimit: boolean
}

const HOURS_PER_MONTH = 720
const HOURS_PER_YEAR = 8760

/** A new battery at a state of charge, [0, 1]. */
export const newBattery = (params: BatteryParameters, socFraction: number): BatteryState => ({
  energyKwh: params.capacityKwh * socFraction,
  sohFraction: 1,
  throughputKwh: 0,
})

/** Equivalent full cycles: energy drawn over usable energy when new; 0 where there is none. */
export const equivalentFullCycles = (params: BatteryParameters, state: BatteryState): number =>
  params.capacityKwh === 0 ? 0 : state.throughputKwh / params.capacityKwh

/** A room without sun. */
export const ROOM: Conditions = { temperatureC: 25, solarKw: 0 }

/** Energy that moved at the AC terminals and in the store within a step, kWh, >= 0. */
interface Moved {
  readonly chargedKwh: number
  readonly storedKwh: number
  readonly dischargedKwh: number
  readonly drawnKwh: number
  readonly atLimit: boolean
}

/**
 * One step at a requested AC power, kW; `powerKw > 0` discharges. The request is met as far as power
 * limit and state of charge allow. Charging stores `c·ηc`, discharging draws `d/ηd`; then standby and
 * self-discharge take their part. With perfect rest this is the recurrence
 * `c = min(request, P, (Emax − E)/ηc)`, `d = min(request, P, (E − Emin)·ηd)`. With `detail` the two
 * efficiencies become the conversions of `BatteryDetail`.
 */
export function stepBattery(
  params: BatteryParameters,
  state: BatteryState,
  powerKw: number,
  stepHours: number,
  conditions: Conditions = ROOM,
): BatteryStep {
  const capacityKwh = params.capacityKwh * state.sohFraction
  const bottomKwh = capacityKwh * params.minSocFraction
  const { detail } = params
  const moved =
    detail === undefined
      ? movePlain(params, state, powerKw, stepHours)
      : moveDetailed(params, detail, state, powerKw, stepHours, conditions)
  const { chargedKwh, storedKwh, dischargedKwh, drawnKwh } = moved
  // Multiplied and divided again, the last of it can come out a bit larger than it was.
  let energyKwh = Math.max(0, state.energyKwh + storedKwh - drawnKwh)
  const restKwh = energyKwh
  // Exponential decay, so that one long step loses what many short ones lose.
  if (params.selfDischargePercentPerMonth > 0) {
    energyKwh *= (1 - params.selfDischargePercentPerMonth / 100) ** (stepHours / HOURS_PER_MONTH)
  }
  const ownKwh = standbyKw(params, conditions.temperatureC) * stepHours
  const fromStoreKwh = Math.min(ownKwh, Math.max(0, energyKwh - bottomKwh))
  energyKwh -= fromStoreKwh
  const standbyImportKwh = ownKwh - fromStoreKwh

  const used = params.capacityKwh > 0 ? drawnKwh / (1000 * params.capacityKwh) : 0
  const sohFraction = Math.max(
    0,
    state.sohFraction -
      ((params.calendarFadePercentPerYear / 100) * stepHours) / HOURS_PER_YEAR -
      (params.cycleFadePercentPerThousandEfc / 100) * used,
  )
  const heldKwh = Math.min(energyKwh, params.capacityKwh * sohFraction)
  return {
    state: { energyKwh: heldKwh, sohFraction, throughputKwh: state.throughputKwh + drawnKwh },
    chargedKwh,
    dischargedKwh,
    lossKwh: chargedKwh - storedKwh + (drawnKwh - dischargedKwh) + (restKwh - heldKwh) + standbyImportKwh,
    standbyImportKwh,
    atLimit: moved.atLimit,
  }
}

/** Constant efficiencies. */
function movePlain(
  params: BatteryParameters,
  state: BatteryState,
  powerKw: number,
  stepHours: number,
): Moved {
  const capacityKwh = params.capacityKwh * state.sohFraction
  const limitKwh = params.powerKw * stepHours
  if (powerKw < 0) {
    const topKwh = capacityKwh * params.maxSocFraction
    const roomKwh = Math.max(0, topKwh - state.energyKwh) / params.chargeEfficiency
    const wantedKwh = Math.min(-powerKw * stepHours, limitKwh)
    const chargedKwh = Math.min(wantedKwh, roomKwh)
    const storedKwh = chargedKwh * params.chargeEfficiency
    return { ...STILL, chargedKwh, storedKwh, atLimit: roomKwh < wantedKwh }
  }
  if (powerKw > 0) {
    const bottomKwh = capacityKwh * params.minSocFraction
    const thereKwh = Math.max(0, state.energyKwh - bottomKwh) * params.dischargeEfficiency
    const wantedKwh = Math.min(powerKw * stepHours, limitKwh)
    const dischargedKwh = Math.min(wantedKwh, thereKwh)
    const drawnKwh = dischargedKwh / params.dischargeEfficiency
    return { ...STILL, dischargedKwh, drawnKwh, atLimit: thereKwh < wantedKwh }
  }
  return STILL
}

const STILL: Moved = { chargedKwh: 0, storedKwh: 0, dischargedKwh: 0, drawnKwh: 0, atLimit: false }

/** Losses by power, charge, health and temperature. */
function moveDetailed(
  params: BatteryParameters,
  detail: BatteryDetail,
  state: BatteryState,
  powerKw: number,
  stepHours: number,
  conditions: Conditions,
): Moved {
  const capacityKwh = params.capacityKwh * state.sohFraction
  if (powerKw === 0 || capacityKwh === 0) return STILL
  const soc = Math.min(1, state.energyKwh / capacityKwh)
  const conversion: Conversion = conversionOf(params, detail, state.sohFraction, soc, conditions)
  if (powerKw < 0) {
    const roomKw = Math.max(0, capacityKwh * params.maxSocFraction - state.energyKwh) / stepHours
    const wantedKw = Math.min(-powerKw, params.powerKw)
    const mostKw = conversion.acToStore(roomKw)
    const acKw = Math.min(wantedKw, mostKw)
    const storedKw = Math.min(conversion.stored(acKw), roomKw)
    const atLimit = mostKw < wantedKw
    // Power that the inverter alone would use up is not taken.
    if (storedKw <= 0) return { ...STILL, atLimit }
    return { ...STILL, chargedKwh: acKw * stepHours, storedKwh: storedKw * stepHours, atLimit }
  }
  const thereKw = Math.max(0, state.energyKwh - capacityKwh * params.minSocFraction) / stepHours
  const inverterKw =
    detail.coupling === 'dc' ? Math.max(0, detail.sharedInverterKw - conditions.solarKw) : Infinity
  const wantedKw = Math.min(powerKw, params.powerKw, inverterKw)
  const mostKw = conversion.acFromDrawn(thereKw)
  const acKw = Math.min(wantedKw, mostKw)
  const atLimit = mostKw < wantedKw
  if (acKw <= 0) return { ...STILL, atLimit }
  const drawnKw = Math.min(conversion.drawn(acKw), thereKw)
  return { ...STILL, dischargedKwh: acKw * stepHours, drawnKwh: drawnKw * stepHours, atLimit }
}

/** The usable energy that an ageing model says is left; what no longer fits is lost, kWh. */
export function withHealth(
  params: BatteryParameters,
  state: BatteryState,
  healthFraction: number,
): { state: BatteryState; lossKwh: number } {
  const sohFraction = Math.min(state.sohFraction, healthFraction)
  const energyKwh = Math.min(state.energyKwh, params.capacityKwh * sohFraction)
  return { state: { ...state, sohFraction, energyKwh }, lossKwh: state.energyKwh - energyKwh }
}

/** What a new, full battery can deliver down to its reserve, kWh AC: what it is registered with. */
export const ratedDeliverableKwh = (params: BatteryParameters): number =>
  params.capacityKwh * (params.maxSocFraction - params.minSocFraction) * typicalDischargeEfficiency(params, 1)

/**
 * AC energy that the discharge register would still advance before the battery refuses, kWh, at
 * rest and without charging: E of the burn algorithm.
 */
export function deliverableKwh(params: BatteryParameters, state: BatteryState): number {
  const bottomKwh = params.capacityKwh * state.sohFraction * params.minSocFraction
  return Math.max(0, state.energyKwh - bottomKwh) * typicalDischargeEfficiency(params, state.sohFraction)
}
