/** An electric vehicle that is charged at home. */
export interface VehicleParameters {
  readonly capacityKwh: number
  /** Greatest AC power of the charger, kW. */
  readonly chargerKw: number
  /** Stored energy for each unit of AC energy. */
  readonly efficiency: number
  /** State of charge that must be there at departure. */
  readonly targetSocFraction: number
}

export interface VehicleStep {
  readonly storedKwh: number
  /** AC energy taken, kWh. */
  readonly electricKwh: number
}

/**
 * One interval at home. Charging starts at once when only as much time is left as the occupant's
 * comfort keeps in reserve: `slack ≤ comfort · parked hours`, so comfort 1 charges on arrival and
 * comfort 0 may wait for the last moment. Before that it charges while the occupant wants it (½ or
 * more), and never in a demand-response event that is answered.
 *
 * @param hoursLeft until departure, from the start of the interval
 * @param parkedHours from arrival to departure
 */
export function stepVehicle(
  vehicle: VehicleParameters,
  storedKwh: number,
  hoursLeft: number,
  parkedHours: number,
  stepHours: number,
  comfort: number,
  want: number,
  event: boolean,
): VehicleStep {
  const { chargerKw, efficiency } = vehicle
  const need = Math.max(0, vehicle.targetSocFraction * vehicle.capacityKwh - storedKwh)
  if (need === 0) return { storedKwh, electricKwh: 0 }
  const slack = hoursLeft - need / (chargerKw * efficiency)
  // One interval in hand: what waits now must still fit afterwards.
  const last = slack < stepHours
  const charge = last || (!event && (slack <= comfort * parkedHours || want >= 0.5))
  if (!charge) return { storedKwh, electricKwh: 0 }
  const electricKwh = Math.min(need / efficiency, chargerKw * Math.min(stepHours, hoursLeft))
  return { storedKwh: storedKwh + electricKwh * efficiency, electricKwh }
}

export interface Trip {
  readonly storedKwh: number
  /** What the battery could not give: charged on the way. */
  readonly elsewhereKwh: number
}

/** Energy of the day's driving, taken on the return. */
export function driveVehicle(storedKwh: number, tripKwh: number): Trip {
  const used = Math.min(storedKwh, tripKwh)
  return { storedKwh: storedKwh - used, elsewhereKwh: tripKwh - used }
}
