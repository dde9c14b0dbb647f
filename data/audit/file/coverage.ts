import { axisEndSeconds, isoMinute } from '../../axis.ts'
import type { FileCheck } from './check.ts'

/** Weather that few models need. */
const ASIDE = new Set(['albedoFraction', 'snowDepthCm', 'precipitableWaterMm', 'longwaveWM2'])

/** How long a series is, when it is no whole year, and values that are missing. */
export const coverage: FileCheck = ({ file }) => {
  const { axis, columns } = file.frame
  const days = (axis.count * axis.stepSeconds) / 86_400
  const findings: ReturnType<FileCheck> = []
  if (days < 364.9)
    findings.push({
      severity: 'info',
      finding: `Covers ${days.toFixed(1)} days, ${isoMinute(axis.startSeconds)} to ${isoMinute(axisEndSeconds(axis))}: less than a year.`,
      action: 'A run must lie within it.',
    })
  for (const [name, values] of Object.entries(columns)) {
    const missing = values.filter(Number.isNaN).length
    if (missing > 0)
      findings.push({
        severity: ASIDE.has(name) ? 'info' : missing > values.length / 100 ? 'error' : 'warning',
        finding: `${name} is missing in ${missing} of ${values.length} intervals.`,
        action: 'Left missing: no value is made up.',
      })
  }
  return findings
}

/** What the reader found and did; what is missing is counted by `coverage`. */
export const readerNotes: FileCheck = ({ file }) =>
  file.notes
    .filter((note) => !note.includes('is missing in'))
    .map((finding) => ({ severity: 'info', finding, action: 'As the reader says.' }))
