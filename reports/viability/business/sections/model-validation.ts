import type { ReferenceEvidence } from '../../../evidence/model-validation.ts'
import { type Markup, markup } from '../../../html/markup.ts'
import { table } from '../../../html/table.ts'
import { percent, plural, whole } from '../../../number-format.ts'
import type { ViabilitySection } from '../../section.ts'

/** `2.5e-7` as people write it. */
function scientific(value: number): Markup | string {
  if (value === 0) return '0'
  const [digits, power] = value.toExponential().split('e')
  return markup`${digits} × 10<sup>${String(Number(power)).replace('-', '−')}</sup>`
}

/** How much of its tolerance a reference uses, at most; none: it has no tolerance and no deviation. */
const used = ({ worst }: ReferenceEvidence): number =>
  worst.tolerance === 0 ? 0 : worst.deviation / worst.tolerance

/** A thousandth of a tolerance is as good as nothing. */
const usedText = (share: number): string =>
  share === 0 ? 'nothing' : share < 0.001 ? 'next to nothing' : percent(share)

function families(sources: readonly ReferenceEvidence[]): Markup {
  return table(
    [
      { label: 'Model' },
      { label: 'References', number: true },
      { label: 'Checks', number: true },
      { label: 'Pass', number: true },
      { label: 'Of its tolerance, the worst uses', number: true },
      { label: 'Computed by' },
    ],
    [...Map.groupBy(sources, ({ family }) => family)].map(([family, all]) => {
      const sum = (key: 'checks' | 'passed') => all.reduce((total, one) => total + one[key], 0)
      const failed = sum('checks') - sum('passed')
      return [
        family.replaceAll('-', ' '),
        whole(all.length),
        whole(sum('checks')),
        failed === 0
          ? whole(sum('passed'))
          : markup`<span class="lose mark">▼ ${whole(sum('passed'))}</span>`,
        usedText(Math.max(...all.map(used))),
        [...new Set(all.map(({ computedBy }) => computedBy))].join('; '),
      ]
    }),
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
${families(models.sources)}
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
