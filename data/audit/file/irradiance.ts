import { type FileCheck, LEFT, meanOf } from './check.ts'

/** The brightest overcast or broken sky sends about this much diffuse light, W/m². */
const DIFFUSE_LIMIT = 700
/** Beam under a sky that is so bright would pass the sun itself. */
const BEAM_LIMIT = 500
/** Hours that are let pass: broken clouds, and hours at the horizon. */
const TOLERATED = 10
/** Closure of a modelled year is a few W/m²; measured or repaired series stray further. */
const CLOSURE_SD = 5

/**
 * Is the diffuse irradiance diffuse, and does the sky add up? GHI = DNI · cos z + DHI, with cos z from
 * the file's own extraterrestrial columns (horizontal ÷ normal).
 */
export const irradiance: FileCheck = ({ file }) => {
  const { ghiWM2, dniWM2, dhiWM2, extraterrestrialWM2, extraterrestrialNormalWM2 } = file.frame
    .columns as Partial<Record<string, Float64Array>>
  const findings: ReturnType<FileCheck> = []
  if (dhiWM2 !== undefined && dniWM2 !== undefined) {
    const both = dhiWM2.reduce(
      (count, value, at) => (value > DIFFUSE_LIMIT && dniWM2[at] > BEAM_LIMIT ? count + 1 : count),
      0,
    )
    const peak = dhiWM2.reduce((most, value) => Math.max(most, value), 0)
    if (both > TOLERATED)
      findings.push({
        severity: 'error',
        finding: `The diffuse irradiance is none: it averages ${meanOf(dhiWM2).toFixed(0)} W/m² with peaks of ${peak.toFixed(0)}, and is above ${DIFFUSE_LIMIT} in ${both} hours with a beam above ${BEAM_LIMIT}.`,
        action: 'Left as given; no model of this project reads it.',
        effect: 'Solar energy modelled from it would be far too high.',
      })
  }
  if (
    ghiWM2 === undefined ||
    dniWM2 === undefined ||
    dhiWM2 === undefined ||
    extraterrestrialWM2 === undefined ||
    extraterrestrialNormalWM2 === undefined
  )
    return findings
  let count = 0
  let sum = 0
  let square = 0
  let above = 0
  for (let at = 0; at < ghiWM2.length; at++) {
    if (ghiWM2[at] > extraterrestrialWM2[at] + 1) above++
    if (!(extraterrestrialNormalWM2[at] > 0)) continue
    const cosine = extraterrestrialWM2[at] / extraterrestrialNormalWM2[at]
    const rest = ghiWM2[at] - dniWM2[at] * cosine - dhiWM2[at]
    count++
    sum += rest
    square += rest * rest
  }
  const deviation = Math.sqrt(square / count - (sum / count) ** 2)
  if (deviation > CLOSURE_SD)
    findings.push({
      severity: 'warning',
      finding: `Beam and diffuse do not add up to the global irradiance: SD ${deviation.toFixed(0)} W/m² by day.`,
      action: LEFT,
      effect: 'Planes computed from beam and diffuse differ from those computed from global.',
    })
  if (above > TOLERATED)
    findings.push({
      severity: 'warning',
      finding: `Global irradiance is above what arrives outside the atmosphere in ${above} hours, at sunrise and sunset as a rule.`,
      action: LEFT,
    })
  return findings
}
