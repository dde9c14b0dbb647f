import type { Profile } from '../profile.ts'
import { type Check, plural, startOf } from './check.ts'

/** Any plant outside the polar circles yields more than this, kWh per kW and year; below, it is off. */
const DEAD_YIELD = 300
/** Shaded, soiled or partly broken: under half of what the poorest orientation yields. */
const WEAK_YIELD = 600
/** No sun on earth yields more. */
const TOO_HIGH_YIELD = 2600
/** Clouds lift a plant a little above its nameplate; a unit that was mistaken lifts it to a multiple. */
const WRONG_UNIT = 1.5
const HOURS_PER_YEAR = 8760

/** Energy of each whole day from the first interval, milliwatt-hours. */
function dailySums(profile: Profile): number[] {
  const perDay = 86_400 / profile.axis.stepSeconds
  const days: number[] = []
  for (let at = 0; at + perDay <= profile.milliWh.length; at += perDay) {
    let sum = 0
    for (let step = at; step < at + perDay; step++) sum += profile.milliWh[step]
    days.push(sum)
  }
  return days
}

/** Solar that is dead, weak or impossible, and days without any. */
export const solarOutput: Check = ({ solar, timeZone }) => {
  if (solar === null || solar.nameplateKw === null) return []
  const { milliWh, axis, nameplateKw } = solar
  const hours = (milliWh.length * axis.stepSeconds) / 3600
  // A few weeks say little about a year: yields are judged from a quarter on.
  const judged = hours >= HOURS_PER_YEAR / 4
  const kwh = milliWh.reduce((sum, value) => sum + value, 0) / 1e6
  const perYear = (kwh / nameplateKw / hours) * HOURS_PER_YEAR
  const text = `the plant yields ${Math.round(perYear)} kWh per kW and year`
  const findings: ReturnType<Check> = []
  if (judged && perYear < DEAD_YIELD) {
    findings.push({
      severity: 'error',
      finding: `Solar is dead for most of the time: ${text} (below ${DEAD_YIELD}).`,
      action: 'Left as measured: the home counts as one with solar but hardly generates.',
      effect: `At ${WEAK_YIELD} kWh per kW, the least of a working plant, it would add ${Math.round(((WEAK_YIELD - perYear) * nameplateKw * hours) / HOURS_PER_YEAR)} kWh or more.`,
    })
  } else if (judged && perYear < WEAK_YIELD) {
    findings.push({
      severity: 'warning',
      finding: `Solar is weak: ${text} (below ${WEAK_YIELD}).`,
      action: 'Left as measured.',
    })
  } else if (perYear > TOO_HIGH_YIELD && judged) {
    findings.push({
      severity: 'error',
      finding: `Solar is impossible: ${text} (above ${TOO_HIGH_YIELD}). Is it kW where kWh is said?`,
      action: 'Left as given: check the unit and the nameplate.',
    })
  }
  const days = dailySums(solar)
  const dark = days.flatMap((sum, day) => (sum === 0 ? [day] : []))
  if (dark.length > 0 && kwh > 0) {
    const first = startOf(solar, (dark[0] * 86_400) / axis.stepSeconds, timeZone).slice(0, 10)
    findings.push({
      severity: 'warning',
      finding: `${plural(dark.length, 'day')} without any solar, the first on ${first}.`,
      action: 'Left as measured: self-consumption and trade of these days are too low.',
      effect: `At the mean of the plant's other days they would hold ${Math.round((dark.length * kwh) / (days.length - dark.length))} kWh, ${((dark.length / (days.length - dark.length)) * 100).toFixed(1)} % of its generation.`,
    })
  }
  const cap = nameplateKw * (axis.stepSeconds / 3600) * 1e6
  const peak = milliWh.reduce((most, value) => Math.max(most, value), 0) / cap
  if (peak > WRONG_UNIT)
    findings.push({
      severity: 'error',
      finding: `Solar peaks at ${peak.toFixed(1)} times its nameplate of ${nameplateKw} kW: is it kW where kWh is said, or W where kW is?`,
      action: 'Left as given: check the unit and the nameplate.',
      effect: `Generation may be ${peak.toFixed(1)} times too high.`,
    })
  const above = milliWh.reduce((count, value) => (value > cap ? count + 1 : count), 0)
  if (above > 0) {
    findings.push({
      severity: 'warning',
      finding: `${plural(above, 'interval')} with more than the nameplate of ${nameplateKw} kW.`,
      action: 'Spread evenly within the interval; the ledger mints up to 1.1 × nameplate.',
    })
  }
  return findings
}
