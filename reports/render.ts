import { join } from 'node:path'
import { RUN_FILES } from '../data/run-files.ts'
import { figure } from './html/figure.ts'
import { page } from './html/page.ts'
import { type KnownRun, readRun } from './read-run.ts'
import type { ReportInput } from './report-input.ts'
import { firstScreen } from './sections/first-screen.ts'
import { SECTIONS } from './sections/registry.ts'
import type { Section, SectionContext } from './sections/section.ts'
import { explorePictures } from './sections/week-figures.ts'
import { writeWhole } from './write-whole.ts'

/** The whole report as one HTML file; the same input gives the same bytes. */
export function renderReport(input: ReportInput): string {
  let figures = 0
  const entries = new Map(input.kpis.kpis.map((entry) => [entry.id, entry]))
  const context: SectionContext = {
    input,
    kpi: (id) => {
      const entry = entries.get(id)
      if (entry === undefined) throw new Error(`internal: there is no key figure ${id}`)
      return entry
    },
    value: (id) => entries.get(id)?.value ?? null,
    figure: (spec) => figure(++figures, spec),
  }
  const header = firstScreen(context)
  const here = SECTIONS.filter((section: Section) => section.applies?.(input) ?? true)
  const sections = here.map(({ id, title, render }) => ({ id, title, body: render(context) }))
  const { complete } = input.results
  return page({
    title: `${complete ? '' : 'PARTIAL RUN: '}${input.scenario.question}`,
    header,
    sections,
    data: { kpi: input.kpis, 'explore-data': explorePictures(input) },
  })
}

/**
 * Reads a run's folder and writes its `report.html`, whole or not at all.
 * @param known its results and scenario, for who has them: those of a large community take much to read
 * @returns path of the report
 * @throws VppError when the folder is no run or cannot be written
 */
export async function writeReport(runDir: string, known?: KnownRun): Promise<string> {
  const html = renderReport(await readRun(runDir, known))
  const path = join(runDir, RUN_FILES.report)
  writeWhole(path, html, 'free space, or make the folder writable')
  return path
}
