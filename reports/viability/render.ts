import { figure } from '../html/figure.ts'
import { page, type PageSection } from '../html/page.ts'
import { type KpiEntry } from '../kpi/compute.ts'
import type { Section, SectionContext } from '../sections/section.ts'
import { SECTIONS } from '../sections/registry.ts'
import { explorePictures } from '../sections/week-figures.ts'
import { BUSINESS_SECTIONS } from './business/registry.ts'
import { viabilityScreen } from './first-screen.ts'
import { inOrder } from './order.ts'
import { STUDY_SECTIONS } from './registry.ts'
import { sizing } from './sizing.ts'
import type { ViabilityContext, ViabilityInput, ViabilitySection } from './section.ts'

/**
 * The viability report as one HTML file: first screen, study, business, and every section of the run's own report,
 * in one order. The same input gives the same bytes.
 */
export function renderViability({ report, viability }: ViabilityInput): string {
  let figures = 0
  const entries = new Map<string, KpiEntry>(report.kpis.kpis.map((entry) => [entry.id, entry]))
  const context: ViabilityContext = {
    input: report,
    viability,
    study: viability.study,
    business: viability.business,
    kpi: (id) => {
      const entry = entries.get(id)
      if (entry === undefined) throw new Error(`internal: there is no key figure ${id}`)
      return entry
    },
    value: (id) => entries.get(id)?.value ?? null,
    figure: (spec) => figure(++figures, spec),
  }
  const header = viabilityScreen(context)
  const sections = inOrder(allSections()).flatMap(({ id, applies, make }): PageSection[] =>
    applies(context) ? [{ id, ...make(context) }] : [],
  )
  return page({
    title: `${report.results.complete ? '' : 'PARTIAL RUN: '}Viability: ${report.scenario.question}`,
    header,
    sections,
    data: { kpi: report.kpis, viability, 'explore-data': explorePictures(report) },
  })
}

/** A section of either kind: the study's and the business' know the whole context, the run's own only the run. */
interface AnySection {
  readonly id: string
  readonly applies: (context: ViabilityContext) => boolean
  readonly make: (context: ViabilityContext) => Omit<PageSection, 'id'>
}

/** Every section that there is, the study's, the business' and the run's own. */
export const allSections = (): AnySection[] => [
  ...[...STUDY_SECTIONS, sizing, ...BUSINESS_SECTIONS].map(
    ({ id, title, applies, render }: ViabilitySection): AnySection => ({
      id,
      applies: (context) => applies?.(context) !== false,
      make: (context) => ({
        title: unbroken(typeof title === 'string' ? title : title(context)),
        body: render(context),
      }),
    }),
  ),
  ...SECTIONS.map(({ id, title, applies, render }: Section): AnySection => ({
    id,
    applies: ({ input }) => applies?.(input) ?? true,
    make: (context) => ({ title, body: render(context satisfies SectionContext) }),
  })),
]

/** A minus stays with its number where a line ends: a word joiner stands between them. */
const unbroken = (text: string): string => text.replaceAll('−', '−\u2060')
