import { type Markup, markup } from '../../../html/markup.ts'
import type { ReportInput } from '../../../report-input.ts'
import { SECTIONS } from '../../../sections/registry.ts'
import type { Section } from '../../../sections/section.ts'

/** A link to a section of the run's report; its name alone where this run has no such section. */
export function evidence(input: ReportInput, id: string, label: string): Markup {
  const section: Section | undefined = SECTIONS.find((one) => one.id === id)
  const here = section?.applies?.(input) ?? true
  return here ? markup`<a href="#${id}">${label}</a>` : markup`${label}`
}
