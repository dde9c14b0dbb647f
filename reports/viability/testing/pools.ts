/** TEST ONLY. What the numbers of a viability report may come from. */
import { monthsOf } from '../../kpi/sums.ts'
import { SYSTEMS, TOKENS } from '../business/prior-art.ts'
import type { ViabilityInput } from '../section.ts'
import { proseOf, sectionsOf, traceable, untraced } from './traced-numbers.ts'
import { SECTIONS } from '../../sections/registry.ts'

/** Shares and means that sections of a run's report reckon in a sentence from its results: known by their words. */
const RECKONED: Readonly<Record<string, RegExp>> = {
  // Traded energy, of the load; what trading moves from the utility to all homes in a month.
  top: /% of the load|of its revenue becomes/,
  // Mean monthly bill of a role's homes.
  money: /the bill goes from/,
  // Import, of the load.
  energy: /the grid still brings/,
  // Mean over low-income consumers of a mechanism's monthly gain.
  mechanisms: /has most under/,
}

/**
 * Numbers of a viability report that no data give, by section. Study and business are held to kpi.json, viability.json, the
 * scenario and the cited table, tables included; first screen and the run's own sections also to the run's results, in
 * their sentences (their tables are the results).
 */
export function untracedNumbers(
  { report, viability }: ViabilityInput,
  html: string,
): Record<string, string[]> {
  // A month of one home against a rule is told in a table only; it would make every number look traced.
  const ruleBaselines = report.kpis.ruleBaselines.map(({ homes, ...rest }) => ({
    ...rest,
    homes: homes.map(({ byMonthUsd: _, ...home }) => home),
  }))
  const data = [{ ...report.kpis, ruleBaselines }, viability, report.scenario, SYSTEMS, TOKENS]
  const strict = traceable(data)
  const ofRun = traceable([report.results, report.manifest, report.kpis], monthsOf(report.results))
  const wide = new Set([...strict, ...ofRun])
  const runSections = new Set<string>(['top', ...SECTIONS.map(({ id }) => id)])
  return Object.fromEntries(
    [...sectionsOf(html)].map(([id, body]) => {
      if (!runSections.has(id)) return [id, untraced(body, strict)]
      const reckoned = RECKONED[id]
      return [
        id,
        untraced(proseOf(body), wide).filter((words) => reckoned === undefined || !reckoned.test(words)),
      ]
    }),
  )
}
