import type { RandomStream } from '../../data/random.ts'

/** An electric vehicle that comes to a home: what changes in its load. */
export interface NewVehicle {
  /** First day with it. */
  readonly fromDay: number
  readonly powerKw: number
  readonly hours: number
  /** Share of evenings on which it charges. */
  readonly eveningShare: number
  /** Slots of the day in which charging may start. */
  readonly firstSlot: number
  readonly lastSlot: number
}

/** A load with the vehicle's charging on top, from its first day on. */
export function withVehicle(
  kwh: Float64Array,
  slotsPerDay: number,
  vehicle: NewVehicle,
  stream: RandomStream,
): Float64Array {
  const result = kwh.slice()
  const slots = Math.round((vehicle.hours * slotsPerDay) / 24)
  const perSlot = (vehicle.powerKw * 24) / slotsPerDay
  for (let day = vehicle.fromDay; (day + 1) * slotsPerDay <= kwh.length; day++) {
    const charges = stream.uniform() < vehicle.eveningShare
    const span = vehicle.lastSlot - vehicle.firstSlot + 1
    const start = vehicle.firstSlot + Math.floor(span * stream.uniform())
    if (!charges) continue
    for (let at = start; at < start + slots; at++) {
      const place = day * slotsPerDay + at
      if (place < result.length) result[place] += perSlot
    }
  }
  return result
}
