/** What a home might buy: panels (DC, kW) and a battery (usable kWh when new, AC kW); zeros: nothing. */
export interface Size {
  readonly panelsKw: number
  readonly batteryKwh: number
  readonly batteryKw: number
}

export const NOTHING_BOUGHT: Size = { panelsKw: 0, batteryKwh: 0, batteryKw: 0 }

/** Prices of a purchase. */
export interface Prices {
  readonly panelsUsdPerW: number
  readonly batteryUsdPerKwh: number
}

/** Paid for panels and battery, USD, before anything is given for them. */
export const costOf = (size: Size, { panelsUsdPerW, batteryUsdPerKwh }: Prices) => ({
  panelsUsd: size.panelsKw * 1000 * panelsUsdPerW,
  batteryUsd: size.batteryKwh * batteryUsdPerKwh,
})

export const costUsd = (size: Size, prices: Prices): number => {
  const { panelsUsd, batteryUsd } = costOf(size, prices)
  return panelsUsd + batteryUsd
}

export interface SizeLimits {
  /** Most panels that the roof holds, kW. */
  readonly roofKw: number
  /** Panels are tried in multiples of this, kW: a larger roof tries all that a smaller one does, and more. */
  readonly stepKw: number
  /** Batteries that are tried beside none, kWh. */
  readonly batteriesKwh: readonly number[]
  /** Hours for which a full battery can give its greatest power. */
  readonly batteryHours: number
  /** Most that may be paid, USD, before anything is given for it; null: no limit. */
  readonly budgetUsd: number | null
}

/** Every size within roof and budget, nothing first. */
export function candidateSizes(limits: SizeLimits, prices: Prices): Size[] {
  const { roofKw, stepKw, batteriesKwh, batteryHours, budgetUsd } = limits
  const steps = Math.floor(roofKw / stepKw + 1e-9)
  const panels = Array.from({ length: steps + 1 }, (_, at) => Number((at * stepKw).toPrecision(12)))
  const batteries = [0, ...batteriesKwh.filter((kwh) => kwh > 0)]
  return panels
    .flatMap((panelsKw) =>
      batteries.map((batteryKwh) => ({ panelsKw, batteryKwh, batteryKw: batteryKwh / batteryHours })),
    )
    .filter((size) => budgetUsd === null || costUsd(size, prices) <= budgetUsd)
}
