import type { RandomStream } from '../../data/random.ts'
import { driveVehicle, stepVehicle } from '../../models/load/vehicle.ts'
import type { Devices } from '../../scenarios/schema.ts'
import type { FlexibleSignals } from './flexible-signals.ts'

/** One vehicle's battery; the home has two of it, one steered and one that charges on arrival. */
interface Charge {
  storedKwh: number
  elsewhereKwh: number
}

/** A vehicle's days: away from leaveHour to returnHour, and what the trip took. */
export class VehicleAgent {
  readonly #vehicle: NonNullable<Devices['vehicle']>
  readonly #signals: FlexibleSignals
  readonly #stream: RandomStream
  readonly #stepHours: number
  readonly steered: Charge
  readonly reference: Charge
  #away = false
  #departure = 0
  #parkedHours = 0

  constructor(
    vehicle: NonNullable<Devices['vehicle']>,
    signals: FlexibleSignals,
    stream: RandomStream,
    stepHours: number,
  ) {
    this.#vehicle = vehicle
    this.#signals = signals
    this.#stream = stream
    this.#stepHours = stepHours
    const storedKwh = vehicle.targetSocFraction * vehicle.capacityKwh
    this.steered = { storedKwh, elsewhereKwh: 0 }
    this.reference = { storedKwh, elsewhereKwh: 0 }
    this.#park(0)
  }

  /** Electric energy of the interval, kWh: as steered, and charging on arrival. */
  step(step: number, comfort: number, want: number, event: boolean): [steered: number, reference: number] {
    const away = this.#isAway(step)
    if (this.#away && !away) {
      const { kwhPerDay, spread } = this.#vehicle
      // Mean of exp(σ N − σ²/2) is one.
      const tripKwh = kwhPerDay * Math.exp(spread * this.#stream.normal() - (spread * spread) / 2)
      for (const charge of [this.steered, this.reference]) {
        const trip = driveVehicle(charge.storedKwh, tripKwh)
        charge.storedKwh = trip.storedKwh
        charge.elsewhereKwh += trip.elsewhereKwh
      }
      this.#park(step)
    }
    this.#away = away
    if (away) return [0, 0]
    const left = (this.#departure - step) * this.#stepHours
    return [
      this.#charge(this.steered, left, comfort, want, event),
      this.#charge(this.reference, left, 1, 0.5, false),
    ]
  }

  #charge(charge: Charge, left: number, comfort: number, want: number, event: boolean): number {
    const hours = this.#stepHours
    const next = stepVehicle(
      this.#vehicle,
      charge.storedKwh,
      left,
      this.#parkedHours,
      hours,
      comfort,
      want,
      event,
    )
    charge.storedKwh = next.storedKwh
    return next.electricKwh
  }

  #isAway(step: number): boolean {
    const { leaveHour, returnHour, days } = this.#vehicle
    const hour = this.#signals.minuteOfDay[step] / 60
    return (
      hour >= leaveHour && hour < returnHour && (days === 'every-day' || this.#signals.weekday[step] <= 5)
    )
  }

  /** Looks for the next departure; after the last one, the run's end is a day away. */
  #park(step: number): void {
    const count = this.#signals.minuteOfDay.length
    let next = step
    while (next < count && !this.#isAway(next)) next++
    this.#departure = next < count ? next : next + Math.round(24 / this.#stepHours)
    this.#parkedHours = (this.#departure - step) * this.#stepHours
  }
}
