import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { percent, plural, whole } from '../../../number-format.ts'
import type { ViabilitySection } from '../../section.ts'
import type { ModelFamily } from '../business.ts'

/** `2.5e-7` as people write it. */
function scientific(value: number): Markup | string {
  if (value === 0) return '0'
  const [digits, power] = value.toExponential().split('e')
  return markup`${digits} × 10<sup>${String(Number(power)).replace('-', '−')}</sup>`
}

/** A thousandth of a tolerance is as good as nothing. */
const usedText = (share: number): string =>
  share === 0 ? 'nothing' : share < 0.001 ? 'next to nothing' : percent(share)

function families(all: readonly ModelFamily[]): Markup {
  return table(
    [
      { label: 'Model' },
      { label: 'References', number: true },
      { label: 'Checks', number: true },
      { label: 'Pass', number: true },
      { label: 'Of its tolerance, the worst uses', number: true },
      { label: 'Computed by' },
    ],
    all.map(({ family, references, checks, passed, used, computedBy }) => [
      family.replaceAll('-', ' '),
      whole(references),
      whole(checks),
      passed === checks ? whole(passed) : markup`<span class="lose mark">▼ ${whole(passed)}</span>`,
      usedText(used),
      computedBy.join('; '),
    ]),
    { caption: 'Models against independent references', id: 'validation-families' },
  )
}

export const modelValidation: ViabilitySection = {
  id: 'model-validation',
  title: 'Validation against references',
  render: ({ business, viability }) => {
    const { models } = business
    const failed = models.checks - models.passed
    const same = models.version === viability.version
    return markup`<p><strong>${failed === 0 ? 'All checks pass' : `${plural(failed, 'check')} fail`}:</strong> ${whole(models.passed)} of ${whole(models.checks)}, against ${plural(models.references, 'reference')} that other programs computed. Measured on version ${models.version}${same ? ', which made this report' : markup` <span class="lose">▼ not the version that made this report</span>`}, by <code>vpp validate-models</code>; it measures again on your machine.</p>
${families(business.modelFamilies)}
<details><summary>Every reference, with its check nearest to failing</summary>${table(
      [
        { label: 'Reference' },
        { label: 'Checks', number: true },
        { label: 'Nearest to failing' },
        { label: 'Tolerance', number: true },
        { label: 'Deviation', number: true },
        { label: 'Unit' },
      ],
      models.sources.map(({ source, checks, worst }) => [
        source,
        whole(checks),
        worst.quantity,
        scientific(worst.tolerance),
        scientific(worst.deviation),
        worst.unit,
      ]),
      { caption: 'References', id: 'validation-sources' },
    )}</details>`
  },
}
