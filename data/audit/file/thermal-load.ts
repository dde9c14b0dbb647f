import type { FileCheck } from './check.ts'

/** Homes are cooled above this outside temperature, °C. */
const COOLING_FROM_C = 18
/** Part of the cooling below it that sun and people may explain. */
const TOLERATED_SHARE = 0.05

/**
 * Thermal loads against the weather of the same hours: cooling while it is cool outside, and cooling
 * for each degree-hour far beyond heating for each (the same walls).
 */
export const thermalLoad: FileCheck = ({ file, weather }) => {
  const cooling = file.frame.columns.coolingThermalMilliWh
  const heating = file.frame.columns.heatingThermalMilliWh
  const outside = weather?.frame.columns.temperatureC
  if (cooling === undefined || heating === undefined || outside === undefined || weather === null) return []
  const { axis } = file.frame
  const shift = (axis.startSeconds - weather.frame.axis.startSeconds) / axis.stepSeconds
  if (axis.stepSeconds !== weather.frame.axis.stepSeconds || !Number.isInteger(shift)) return []
  let all = 0
  let cool = 0
  let heat = 0
  let coolingDegrees = 0
  let heatingDegrees = 0
  for (let at = 0; at < axis.count; at++) {
    const celsius = outside[at + shift]
    if (celsius === undefined) return []
    all += cooling[at]
    heat += heating[at]
    if (celsius < COOLING_FROM_C) {
      cool += cooling[at]
      heatingDegrees += COOLING_FROM_C - celsius
    } else coolingDegrees += celsius - COOLING_FROM_C
  }
  const share = cool / all
  if (!(share > TOLERATED_SHARE)) return []
  const perDegree = all / coolingDegrees / (heat / heatingDegrees)
  return [
    {
      severity: 'warning',
      finding: `Cooling of ${Math.round(all / 1e6)} kWh of heat in the series, ${Math.round(share * 100)} % of it while it is below ${COOLING_FROM_C} °C outside; for each degree-hour ${perDegree.toFixed(1)} times the heating.`,
      action: 'Left as given: a simulated load to be taken as a shape.',
      effect: 'Summer use would be too high in proportion.',
    },
  ]
}
