import type { Hardware } from './plan.ts'

/**
 * Ways to know what a home makes and uses. `metered`: a revenue meter and a gateway. `gateway`: the inverter's own readings through
 * a gateway. `utility-meter`: the utility's meter, read through its customer-data interface; nothing is mounted.
 */
export const PACKAGES = ['metered', 'gateway', 'utility-meter'] as const
export type PackageName = (typeof PACKAGES)[number]

/** Devices of a package and their installation, USD for a home, and what replacing them takes in a month. */
export interface PackageCost {
  readonly name: PackageName
  readonly meterUsd: number
  readonly gatewayUsd: number
  readonly partsUsd: number
  readonly installUsd: number
  readonly totalUsd: number
  readonly replacementUsdPerMonth: number
}

/** Without a meter there are no current transformers to mount: no parts, and a visit of half the length. */
const SHORT_VISIT = 0.5

/** What each package costs, from the price of its devices. */
export function packageCost(hardware: Hardware, name: PackageName): PackageCost {
  const metered = name === 'metered'
  const anything = name !== 'utility-meter'
  const meterUsd = metered ? hardware.meterUsd : 0
  const gatewayUsd = anything ? hardware.gatewayUsd : 0
  const partsUsd = metered ? hardware.partsUsd : 0
  const installUsd = metered ? hardware.installUsd : anything ? hardware.installUsd * SHORT_VISIT : 0
  const devices = meterUsd + gatewayUsd + partsUsd
  return {
    name,
    meterUsd,
    gatewayUsd,
    partsUsd,
    installUsd,
    totalUsd: devices + installUsd,
    replacementUsdPerMonth: (devices * hardware.replacedFractionPerYear) / 12,
  }
}
