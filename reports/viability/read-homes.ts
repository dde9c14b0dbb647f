import { join } from 'node:path'
import { RUN_FILES, type RunResults } from '../../data/run-files.ts'
import { readColumn } from '../read-run.ts'

/** One home by the hour over the kept part of a run, kWh; stored: deliverable from its battery when the hour begins. */
export interface HomeHours {
  readonly id: string
  readonly loadKwh: Float64Array
  readonly solarKwh: Float64Array
  readonly storedKwh: Float64Array
}

/** Load, solar and charge of every home with solar or a battery, from the series of a run, in whole hours. */
export async function readHomeHours(runDir: string, results: RunResults): Promise<HomeHours[]> {
  const found: HomeHours[] = []
  const { count, stepSeconds } = results
  const perHour = Math.max(1, Math.round(3600 / stepSeconds))
  const hours = Math.floor(count / perHour)
  for (const { id, homes } of results.communities) {
    const path = join(runDir, RUN_FILES.series, `${id}.homes.parquet`)
    for (const [at, home] of homes.entries()) {
      // A community battery has no load to keep.
      if ((home.batteryKwh === 0 && home.solarKw === 0) || home.total.loadMilliWh === 0) continue
      const read = (name: string) => readColumn(path, name, 0, count * homes.length)
      // oxlint-disable-next-line no-await-in-loop
      const [load, solar, stored] = await Promise.all(
        ['load_kwh', 'solar_kwh', 'battery_energy_kwh'].map(read),
      )
      const first = at * count
      const sum = (values: Float64Array) => {
        const hourly = new Float64Array(hours)
        for (let step = 0; step < hours * perHour; step++)
          hourly[Math.floor(step / perHour)] += values[first + step]
        return hourly
      }
      found.push({
        id: home.id,
        loadKwh: sum(load),
        solarKwh: sum(solar),
        // The series tells what is there after each interval.
        storedKwh: Float64Array.from(
          { length: hours },
          (_, hour) => stored[first + Math.max(0, hour * perHour - 1)],
        ),
      })
    }
  }
  return found
}
