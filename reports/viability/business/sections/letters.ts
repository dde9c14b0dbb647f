import { markup, named } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { NOTHING, whole } from '../../../number-format.ts'
import type { ViabilitySection } from '../../section.ts'

export const lettersSection: ViabilitySection = {
  id: 'letters',
  title: 'Letters and partners',
  render: ({ business }) => {
    const { letters } = business
    const attached = letters.filter(({ state }) => state === 'attached').length
    return markup`<p>${whole(attached)} of ${whole(letters.length)} letters are attached. A letter counts when its file is there (<code>pilot.letters</code> of the scenario); nobody is named who has not written, and what a letter says was not checked.</p>
${table(
  [
    { label: 'Party' },
    { label: 'Must say that it' },
    { label: 'From' },
    { label: 'File' },
    { label: 'State' },
  ],
  letters.map(({ label, says, from, file, state }) => [
    label,
    says,
    from === null ? NOTHING : named(from),
    file === null ? NOTHING : named(file),
    state === 'attached'
      ? markup`<span class="mark">● attached</span>`
      : markup`<span class="lose mark">▼ missing</span>`,
  ]),
  { caption: 'Letters', id: 'letters-table' },
)}`
  },
}
