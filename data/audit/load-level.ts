import { type Check, startOf } from './check.ts'

/** No home uses more on average: kilowatts taken for kilowatt-hours, or watts for kilowatts. */
const MOST_MEAN_KW = 50
/** And none less: the unit is too large the other way. */
const LEAST_MEAN_W = 10

/** Values that suggest a wrong unit, and values that are no energy. */
export const loadLevel: Check = ({ load, solar, timeZone }) => {
  const findings: ReturnType<Check> = []
  for (const [what, profile] of [
    ['Load', load],
    ['Solar', solar],
  ] as const) {
    if (profile === null) continue
    const bad = profile.milliWh.findIndex((value) => !(value >= 0))
    if (bad >= 0) {
      findings.push({
        severity: 'error',
        finding: `${what} is ${profile.milliWh[bad] / 1e6} kWh at ${startOf(profile, bad, timeZone)}: energy of one direction is never negative.`,
        action: 'Left as given: is it a net meter?',
      })
    }
  }
  if (load === null || load.milliWh.length === 0) return findings
  const hours = (load.milliWh.length * load.axis.stepSeconds) / 3600
  const meanW = load.milliWh.reduce((sum, value) => sum + value, 0) / 1000 / hours
  if (meanW > MOST_MEAN_KW * 1000 || meanW < LEAST_MEAN_W) {
    findings.push({
      severity: 'error',
      finding: `The mean load is ${meanW < 1000 ? `${meanW.toFixed(1)} W` : `${(meanW / 1000).toFixed(0)} kW`}: no home's. Is the unit right?`,
      action: 'Left as given: check the unit in the scenario.',
    })
  }
  return findings
}
