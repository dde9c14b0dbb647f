import { join } from 'node:path'
import { RUN_FILES, type RunResults } from '../../data/run-files.ts'
import { HomeSeriesReader, type HomeStretch } from '../home-series.ts'

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
  const whole = [{ first: 0, count: hours * perHour }]
  for (const { id, homes } of results.communities) {
    const path = join(runDir, RUN_FILES.series, `${id}.homes.parquet`)
    // oxlint-disable-next-line no-await-in-loop
    const series = await HomeSeriesReader.open(path, homes.length, count)
    const hoursOf = homes.map(({ id: home, batteryKwh, solarKw, total }): HomeHours | null =>
      // A community battery has no load to keep.
      (batteryKwh === 0 && solarKw === 0) || total.loadMilliWh === 0
        ? null
        : {
            id: home,
            loadKwh: new Float64Array(hours),
            solarKwh: new Float64Array(hours),
            storedKwh: new Float64Array(hours),
          },
    )
    const sum = (name: 'loadKwh' | 'solarKwh') => (stretch: HomeStretch) => {
      const hourly = hoursOf[stretch.home]?.[name]
      if (hourly === undefined) return
      const { step, values, from, count: some } = stretch
      for (let row = 0; row < some; row++)
        hourly[Math.floor((step + row) / perHour)] += Number(values[from + row])
    }
    // The series tells what is there after each interval; before the first, what there is after it.
    const stored = ({ home, step, values, from, count: some }: HomeStretch) => {
      const hourly = hoursOf[home]?.storedKwh
      if (hourly === undefined) return
      for (let row = 0; row < some; row++) {
        if (step + row === 0) hourly[0] = Number(values[from])
        const next = step + row + 1
        if (next % perHour === 0 && next / perHour < hours)
          hourly[next / perHour] = Number(values[from + row])
      }
    }
    // oxlint-disable-next-line no-await-in-loop
    await series.read('load_kwh', whole, sum('loadKwh'))
    // oxlint-disable-next-line no-await-in-loop
    await series.read('solar_kwh', whole, sum('solarKwh'))
    // oxlint-disable-next-line no-await-in-loop
    await series.read('battery_energy_kwh', whole, stored)
    found.push(...hoursOf.filter((one) => one !== null))
  }
  return found
}
