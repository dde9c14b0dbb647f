import type { RandomStream } from '../../data/random.ts'
import type {
  DemandResponseResult,
  DeviceName,
  DeviceResult,
  FlexibilityResult,
} from '../../data/run-flexible.ts'
import { answers, settleEvent } from '../../models/load/demand-response.ts'
import { stepHeatPump } from '../../models/load/heat-pump.ts'
import { desire } from '../../models/load/preferences.ts'
import { DRAW_SHAPE, stepWaterHeater } from '../../models/load/water-heater.ts'
import type { HomeInput } from '../market-area.ts'
import type { FlexibleSignals } from './flexible-signals.ts'
import { VehicleAgent } from './vehicle-agent.ts'

/** What a device used, as steered and as if nothing were flexible. */
interface DeviceBook {
  kwh: number
  referenceKwh: number
  retailUsd: number
  referenceRetailUsd: number
  discomfortHours: number
}

const newBook = (): DeviceBook => ({
  kwh: 0,
  referenceKwh: 0,
  retailUsd: 0,
  referenceRetailUsd: 0,
  discomfortHours: 0,
})

/** Below the comfort limit by more than this counts as discomfort, K. */
const TOLERANCE_K = 0.05

/**
 * One home's (or site's) flexible loads: devices steered by what the occupant wants, and its answers to
 * demand response. Beside every device runs the same device as if nothing were flexible: the
 * reference of what was moved, and the baseline of events.
 */
export class FlexibleHome {
  readonly #home: HomeInput
  readonly #signals: FlexibleSignals
  readonly #stepHours: number
  readonly #books = new Map<DeviceName, DeviceBook>()
  readonly #vehicle: VehicleAgent | null
  #indoorC: number
  #indoorReferenceC: number
  #tankC: number
  #tankReferenceC: number
  /** Running sum of the devices, and what of it left in whole milliwatt-hours. */
  #devicesKwh = 0
  #devicesMilliWh = 0
  #referenceKwh = 0
  #referenceMilliWh = 0
  /** Load of the interval at hand as if nothing were flexible, milliwatt-hours. */
  referenceMilliWh = 0
  #event = -1
  #eventBaselineKwh = 0
  #eventUsedKwh = 0
  #answered = 0
  #reduced = 0
  #paid = 0
  #cost = 0
  #called = 0

  constructor(home: HomeInput, signals: FlexibleSignals, stepHours: number, stream: RandomStream) {
    this.#home = home
    this.#signals = signals
    this.#stepHours = stepHours
    const { devices } = home.flexible
    this.#vehicle =
      devices?.vehicle === undefined ? null : new VehicleAgent(devices.vehicle, signals, stream, stepHours)
    this.#indoorC = devices?.heatPump?.setpointC ?? 0
    this.#indoorReferenceC = this.#indoorC
    this.#tankC = devices?.waterHeater?.setpointC ?? 0
    this.#tankReferenceC = this.#tankC
    if (devices?.vehicle !== undefined) this.#books.set('vehicle', newBook())
    if (devices?.heatPump !== undefined) this.#books.set('heat-pump', newBook())
    if (devices?.waterHeater !== undefined) this.#books.set('water-heater', newBook())
  }

  /**
   * The home's whole load in the interval, milliwatt-hours.
   * @param price µ$ per kWh
   * @param base load that cannot wait, milliwatt-hours
   * @param solar what its own plant makes, milliwatt-hours
   */
  step(step: number, price: number, base: number, solar: number): number {
    const { preferences, participation } = this.#home.flexible
    const at = this.#signals.eventOf[step]
    this.#enterEvent(at)
    const event =
      at >= 0 && participation !== undefined && answers(participation, this.#signals.events[at].payUsdPerKwh)
    const want = this.#want(step, price, solar > base)
    const { comfort } = preferences
    const [kwh, referenceKwh] = this.#devices(step, price, comfort, want, event)
    const shed = event ? Math.floor(base * participation.shedFraction) : 0
    this.#devicesKwh += kwh
    const whole = Math.max(0, Math.round(this.#devicesKwh * 1e6) - this.#devicesMilliWh)
    this.#devicesMilliWh += whole
    this.#referenceKwh += referenceKwh
    const reference = Math.max(0, Math.round(this.#referenceKwh * 1e6) - this.#referenceMilliWh)
    this.#referenceMilliWh += reference
    this.referenceMilliWh = base + reference
    if (event) {
      this.#eventBaselineKwh += base / 1e6 + referenceKwh
      this.#eventUsedKwh += (base - shed + whole) / 1e6
    }
    return base - shed + whole
  }

  /** @param own its own plant makes more than its load */
  #want(step: number, price: number, own: boolean): number {
    const { priceRank, carbonRank, surplus, exportMicroUsdPerKwh } = this.#signals
    return desire(this.#home.flexible.preferences, {
      price: own && exportMicroUsdPerKwh(price) < price ? 1 : priceRank[step],
      green: own || surplus[step] === 1 ? 1 : (carbonRank?.[step] ?? 0.5),
      local: surplus[step],
    })
  }

  #devices(step: number, price: number, comfort: number, want: number, event: boolean): [number, number] {
    const { devices } = this.#home.flexible
    const hours = this.#stepHours
    const used: [DeviceName, number, number, boolean][] = []
    if (this.#vehicle !== null) {
      const [kwh, reference] = this.#vehicle.step(step, comfort, want, event)
      used.push(['vehicle', kwh, reference, false])
    }
    const outdoorC = this.#signals.temperatureC?.[step]
    if (devices?.heatPump !== undefined && outdoorC !== undefined) {
      const pump = devices.heatPump
      const next = stepHeatPump(pump, this.#indoorC, outdoorC, hours, comfort, want, event)
      const reference = stepHeatPump(pump, this.#indoorReferenceC, outdoorC, hours, 1, 0.5, false)
      this.#indoorC = next.indoorC
      this.#indoorReferenceC = reference.indoorC
      const cold = next.indoorC < pump.setpointC - pump.bandK - TOLERANCE_K
      used.push(['heat-pump', next.electricKwh, reference.electricKwh, cold])
    }
    if (devices?.waterHeater !== undefined) {
      const tank = devices.waterHeater
      const hour = Math.floor(this.#signals.minuteOfDay[step] / 60)
      const litres = tank.litresPerDay * DRAW_SHAPE[hour] * hours
      const next = stepWaterHeater(tank, this.#tankC, litres, hours, comfort, want, event)
      const reference = stepWaterHeater(tank, this.#tankReferenceC, litres, hours, 1, 0.5, false)
      this.#tankC = next.tankC
      this.#tankReferenceC = reference.tankC
      const cold = next.tankC < tank.setpointC - tank.bandK - TOLERANCE_K
      used.push(['water-heater', next.electricKwh, reference.electricKwh, cold])
    }
    let sum = 0
    let referenceSum = 0
    for (const [name, kwh, reference, cold] of used) {
      const book = this.#books.get(name)
      if (book === undefined) throw new Error(`internal: no book for ${name}`)
      book.kwh += kwh
      book.referenceKwh += reference
      book.retailUsd += (kwh * price) / 1e6
      book.referenceRetailUsd += (reference * price) / 1e6
      if (cold) book.discomfortHours += hours
      sum += kwh
      referenceSum += reference
    }
    return [sum, referenceSum]
  }

  /** Settles the event that ended, and opens the one that begins. */
  #enterEvent(at: number): void {
    if (at === this.#event) return
    const { participation } = this.#home.flexible
    if (this.#event >= 0 && participation !== undefined) {
      const { payUsdPerKwh } = this.#signals.events[this.#event]
      if (answers(participation, payUsdPerKwh)) {
        const baseline = Math.round(this.#eventBaselineKwh * 1e6)
        const used = Math.round(this.#eventUsedKwh * 1e6)
        const settled = settleEvent(baseline, used, payUsdPerKwh, participation)
        this.#answered++
        this.#reduced += settled.reducedMilliWh
        this.#paid += settled.paidMicroUsd
        this.#cost += settled.costMicroUsd
      }
    }
    this.#event = at
    this.#eventBaselineKwh = 0
    this.#eventUsedKwh = 0
    if (at >= 0) this.#called++
  }

  /** The run's end: an event that runs into it is settled as far as it came. */
  close(): void {
    this.#enterEvent(-1)
  }

  flexibility(): FlexibilityResult | null {
    const { id, flexible } = this.#home
    if (this.#books.size === 0) return null
    return {
      homeId: id,
      site: flexible.site,
      preferences: flexible.preferences,
      devices: [...this.#books].map(([device, book]): DeviceResult => ({
        device,
        energyMilliWh: Math.round(book.kwh * 1e6),
        referenceMilliWh: Math.round(book.referenceKwh * 1e6),
        retailMicroUsd: Math.round(book.retailUsd * 1e6),
        referenceRetailMicroUsd: Math.round(book.referenceRetailUsd * 1e6),
        discomfortHours: Math.round(book.discomfortHours * 1e6) / 1e6,
        elsewhereMilliWh:
          device === 'vehicle' ? Math.round((this.#vehicle?.steered.elsewhereKwh ?? 0) * 1e6) : 0,
      })),
    }
  }

  response(): DemandResponseResult | null {
    const { id, flexible } = this.#home
    if (flexible.participation === undefined || this.#signals.events.length === 0) return null
    return {
      homeId: id,
      site: flexible.site,
      costUsdPerKwh: flexible.participation.costUsdPerKwh,
      called: this.#called,
      answered: this.#answered,
      reducedMilliWh: this.#reduced,
      paidMicroUsd: this.#paid,
      costMicroUsd: this.#cost,
    }
  }
}
