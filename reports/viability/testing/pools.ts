/** TEST ONLY. What the numbers of a viability report may come from. */
import type { InvestmentStudy, ViabilityStudy } from '../../../data/viability-files.ts'
import { monthsOf } from '../../kpi/sums.ts'
import { SECTIONS } from '../../sections/registry.ts'
import { SYSTEMS, TOKENS } from '../business/prior-art.ts'
import type { ViabilityInput } from '../section.ts'
import { sectionsOf, traceable, untraced } from './traced-numbers.ts'

/** Traded energy as a share of the load; the cost of batteries for each home; what trading moves from the utility to all homes in a month. */
const RECKONED = /% of the load|of its revenue becomes|over all homes/

/** What an investment has brought by the end of each year, as its picture draws it. */
function runningSums({ flows }: InvestmentStudy): number[] {
  let sum = 0
  return flows[0].usd.map((_, year) => (sum += flows.reduce((all, { usd }) => all + usd[year], 0)))
}

/** Carbon is kept in kg and told in tonnes. */
const tonnes = (study: ViabilityStudy | null): number[] =>
  Object.values(study?.carbon ?? {}).flatMap((one) =>
    'p10' in one ? [one.p10 / 1000, one.p50 / 1000, one.p90 / 1000] : [],
  )

/** Cells of the map, and those in which trading gains half a cent a month or more. */
function cells(study: ViabilityStudy | null): number[] {
  const gains = study?.map?.gainUsdPerMonth.flat() ?? []
  return [gains.length, gains.filter((gain) => gain > 0.005).length]
}

/**
 * Numbers of a viability report that no data give, by section, tables included. Study and business are held to kpi.json,
 * viability.json, the scenario and the cited table; the first screen also to the run's results. The run's own sections
 * reckon from its series, which are not read here: that nothing is typed into them is held by their source.
 */
export function untracedNumbers(
  { report, viability }: ViabilityInput,
  html: string,
): Record<string, string[]> {
  // A month of one home against a rule is told in a table of the run only; here it would make every number look traced.
  const ruleBaselines = report.kpis.ruleBaselines.map(({ homes, ...rest }) => ({
    ...rest,
    homes: homes.map(({ id, label, usdPerMonth }) => ({ id, label, usdPerMonth })),
  }))
  const strict = traceable([
    { ...report.kpis, ruleBaselines },
    viability,
    report.scenario,
    SYSTEMS,
    TOKENS,
    (viability.study?.investments ?? []).map(runningSums),
    tonnes(viability.study),
    cells(viability.study),
  ])
  const ofRun = traceable([report.results, report.manifest], monthsOf(report.results))
  const ofRunSections = new Set<string>(SECTIONS.map(({ id }) => id))
  return Object.fromEntries(
    [...sectionsOf(html)]
      .filter(([id]) => !ofRunSections.has(id))
      .map(([id, body]) => {
        if (id !== 'top') return [id, untraced(body, strict)]
        const first = untraced(body, new Set([...strict, ...ofRun]))
        return [id, first.filter((words) => !RECKONED.test(words))]
      }),
  )
}
