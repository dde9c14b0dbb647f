import type { RandomStream } from '../../data/random.ts'
import { type Ageing, newAgeing } from '../../models/battery/ageing/ageing.ts'
import { type BatteryParameters, type BatteryState, newBattery } from '../../models/battery/battery.ts'
import type { Strategy } from '../../models/dispatch/strategy.ts'
import type { Battery } from '../../scenarios/schema.ts'
import { batteryMeter, type BatteryMeter, type MeterQuality } from '../telemetry.ts'

/** A battery agent: what it is, how it stands, what it wants, and what its meter shows. */
export interface BatteryAgent {
  readonly parameters: BatteryParameters
  state: BatteryState
  readonly strategy: Strategy
  /** Null: the battery's own linear fade. */
  readonly ageing: Ageing | null
  readonly meter: BatteryMeter
  /** State of charge below which it does not discharge for others. */
  readonly reserveFraction: number
  /** Whole milliwatt-hours that left the running sums so far. */
  chargedMilliWh: number
  dischargedMilliWh: number
  standbyKwh: number
  standbyMilliWh: number
  /** Energy that no longer fitted as the capacity faded, kWh. */
  fadedKwh: number
  /** Discharge was asked for and not met, below the power limit: empty. */
  refused: boolean
  /** Charge was offered and not taken, below the power limit: full. */
  full: boolean
}

/** A scenario's battery as the model takes it. */
export function batteryParameters(battery: Battery, solarKw: number): BatteryParameters {
  const { losses, coupling } = battery
  const own = battery.ageing === 'linear'
  const detailed = losses !== undefined || coupling === 'dc'
  return {
    capacityKwh: battery.capacityKwh,
    powerKw: battery.powerKw,
    chargeEfficiency: battery.chargeEfficiency,
    dischargeEfficiency: battery.dischargeEfficiency,
    standbyW: battery.standbyW,
    selfDischargePercentPerMonth: battery.selfDischargePercentPerMonth,
    minSocFraction: battery.minSocFraction,
    maxSocFraction: battery.maxSocFraction,
    calendarFadePercentPerYear: own ? battery.calendarFadePercentPerYear : 0,
    cycleFadePercentPerThousandEfc: own ? battery.cycleFadePercentPerThousandEfc : 0,
    detail: detailed
      ? {
          ...(losses ?? NO_LOSSES),
          coupling,
          solarInverterEfficiency: battery.solarInverterEfficiency,
          sharedInverterKw: battery.sharedInverterKw ?? Math.max(solarKw, battery.powerKw),
        }
      : undefined,
  }
}

const NO_LOSSES = {
  inverterFixedFraction: 0,
  inverterSquareFraction: 0,
  cellLossFraction: 0,
  resistancePerFade: 0,
  resistanceKelvin: 0,
  voltageSwingFraction: 0,
  heaterWattPerKelvin: 0,
  heaterBelowC: 0,
} as const

/** A new battery at its start, with a meter of its own. */
export function newAgent(
  battery: Battery,
  parameters: BatteryParameters,
  strategy: Strategy,
  quality: MeterQuality,
  stream: RandomStream,
  reserveFraction: number,
): BatteryAgent {
  return {
    parameters,
    state: newBattery(parameters, battery.initialSocFraction),
    strategy,
    ageing: newAgeing(battery.ageing),
    meter: batteryMeter(quality, stream),
    reserveFraction,
    chargedMilliWh: 0,
    dischargedMilliWh: 0,
    standbyKwh: 0,
    standbyMilliWh: 0,
    fadedKwh: 0,
    refused: false,
    full: false,
  }
}
