import { writeFileSync } from 'node:fs'
import { disaggregate, LOAD_SPREAD } from '../../data/disaggregate.ts'
import {
  FONTANA_HOMES,
  FONTANA_ZONE,
  fontanaAxis,
  loadFontanaCommon,
  loadFontanaHome,
} from '../../data/fontana.ts'
import { localClock } from '../../data/local-clock.ts'
import { streamFor } from '../../data/random.ts'
import type { BatteryParameters } from '../../models/battery/battery.ts'
import { HOME_COLUMNS, kernelHomes, type NewColumn } from '../../sim/kernel/homes.ts'
import type { KernelInput } from '../../sim/kernel/kernel.ts'

const EXPORT_USD = 0.05
const FEE_USD = 0.01
const STEP_SECONDS = 300
const PER_HOUR = 3600 / STEP_SECONDS

/** Memory that worker threads share. */
export const shared: NewColumn = (length) => new Float64Array(new SharedArrayBuffer(length * 8))

const battery = (home: number): BatteryParameters => ({
  capacityKwh: 5 + (home % 4) * 2.8,
  powerKw: 3 + (home % 3),
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.95,
  standbyW: 8,
  selfDischargePercentPerMonth: 2,
  minSocFraction: 0.1,
  maxSocFraction: 1,
  calendarFadePercentPerYear: 1.5,
  cycleFadePercentPerThousandEfc: 2,
})

/**
 * A year in steps of five minutes of so many homes, each with solar and a battery: the twelve measured homes, split to five
 * minutes, over and over at 0.6 to 1.4 of their size; the set's price, five cents for exports, a cent of fee. Blocks are local
 * days. All in memory that threads share.
 */
export function kernelYear(homes: number): KernelInput {
  const hours = fontanaAxis()
  const axis = { ...hours, stepSeconds: STEP_SECONDS, count: hours.count * PER_HOUR }
  const column = (milliWh: Int32Array) => {
    const kwh = shared(milliWh.length)
    for (let step = 0; step < kwh.length; step++) kwh[step] = milliWh[step] / 1e6
    return kwh
  }
  const measured = FONTANA_HOMES.map((home) => loadFontanaHome(home).frame.columns)
  const loadKwh = measured.map(({ loadMilliWh }, at) =>
    column(
      disaggregate(loadMilliWh, PER_HOUR, 'stochastic', {
        stream: streamFor(1, 'kernel', at),
        spread: LOAD_SPREAD,
      }),
    ),
  )
  const solarKwh = measured.map(({ solarMilliWh }) => column(disaggregate(solarMilliWh, PER_HOUR, 'smooth')))
  const hourly = loadFontanaCommon().frame.columns.price
  const importUsdPerKwh = shared(axis.count)
  const exportUsdPerKwh = shared(axis.count).fill(EXPORT_USD)
  const peerUsdPerKwh = shared(axis.count)
  const open = new Uint8Array(new SharedArrayBuffer(axis.count))
  for (let step = 0; step < axis.count; step++) {
    const price = hourly[Math.floor(step / PER_HOUR)]
    importUsdPerKwh[step] = price
    peerUsdPerKwh[step] = (price - FEE_USD + EXPORT_USD) / 2
    open[step] = price - FEE_USD >= EXPORT_USD ? 1 : 0
  }
  const { day } = localClock(axis, FONTANA_ZONE)
  const starts = Array.from(day.keys()).filter((step) => step === 0 || day[step] !== day[step - 1])
  const specs = Array.from({ length: homes }, (_, home) => ({
    profile: home % measured.length,
    // Twelve neighbors alike would be one: the golden ratio spreads their sizes.
    loadScale: 0.6 + 0.8 * ((home * 0.618_033_988_75) % 1),
    solarScale: 0.6 + 0.8 * ((home * 0.754_877_666_25) % 1),
    battery: battery(home),
    startSocFraction: 0.5,
  }))
  return {
    homes: kernelHomes(specs, STEP_SECONDS / 3600, shared),
    profiles: { loadKwh, solarKwh },
    prices: { importUsdPerKwh, exportUsdPerKwh, peerUsdPerKwh, open },
    blocks: Int32Array.from([...starts, axis.count]),
  }
}

/** Writes an input for the C loop: doubles only, in the order in which `kernel.c` reads them. */
export function writeInput(path: string, { homes, profiles, prices, blocks }: KernelInput): void {
  const head = [homes.profile.length, blocks[blocks.length - 1], profiles.loadKwh.length, blocks.length]
  const parts: Iterable<number>[] = [
    head,
    blocks,
    homes.profile,
    ...HOME_COLUMNS.map((name) => homes[name]),
    prices.importUsdPerKwh,
    prices.exportUsdPerKwh,
    prices.peerUsdPerKwh,
    prices.open,
    ...profiles.loadKwh,
    ...profiles.solarKwh,
  ]
  writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(Float64Array.from(part).buffer))))
}
