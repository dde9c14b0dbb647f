import { differenceStrip } from '../charts/difference-strip.ts'
import { figure } from '../html/figure.ts'
import { type Markup, markup, named } from '../html/markup.ts'
import { plainPage } from '../html/plain-page.ts'
import { table } from '../html/table.ts'
import { NOTHING, percent, plural, signed, threeFigures } from '../number-format.ts'
import type { Comparison, PairedRow } from './comparison.ts'
import { RESAMPLES } from './interval.ts'

export const valueText = (value: number | null, unit: string): string =>
  value === null ? NOTHING : unit === 'fraction' ? percent(value) : threeFigures(value)
export const changeText = (value: number | null, unit: string): string =>
  value === null ? NOTHING : unit === 'fraction' ? `${signed(value * 100)}\u00a0pp` : signed(value)

const unitText = (unit: string): string => (unit === 'fraction' || unit === '-' ? '' : unit)

function word(row: { better: string }, change: number | null): Markup {
  if (change === null || change === 0 || row.better === 'neutral') return markup``
  return change > 0 === (row.better === 'higher')
    ? markup` <span class="gain">better</span>`
    : markup` <span class="lose">worse</span>`
}

function kpiTable({ items, kpis }: Comparison): Markup {
  const columns = [
    { label: 'Figure' },
    { label: 'Unit' },
    ...items.flatMap((name, at) => [
      { label: named(name), number: true },
      ...(at === 0 ? [] : [{ label: 'difference', number: true }]),
    ]),
  ]
  const rows = kpis.map((row) => [
    row.label,
    unitText(row.unit),
    ...row.values.flatMap((value, at) => {
      const change = row.differences[at]
      const shown = markup`${changeText(change, row.unit)}${word(row, change)}`
      return at === 0 ? [valueText(value, row.unit)] : [valueText(value, row.unit), shown]
    }),
  ])
  return table(columns, rows, { caption: 'Key figures' })
}

const overText = { homes: ['home'], months: ['month'], rows: ['row'] } as const

/** The finding of a paired figure, as a sentence. */
export function finding({ label, unit, others }: PairedRow, { items, over }: Comparison): string {
  const parts = others.flatMap(({ mean, interval, pairs }, at) => {
    if (pairs === 0) return []
    const range =
      interval === null
        ? `too few ${over} for an interval`
        : `95 % interval ${changeText(interval[0], unit)} to ${changeText(interval[1], unit)}`
    const size = `${changeText(mean, unit)}${unitText(unit) === '' ? '' : ` ${unit}`}`
    return [`${items[at + 1]} ${size} (${range}; ${plural(pairs, overText[over][0])})`]
  })
  return `${label}, against ${items[0]}: ${parts.join('; ')}.`
}

function pairedFigure(row: PairedRow, number: number, comparison: Comparison): Markup {
  const { items, over } = comparison
  const factor = row.unit === 'fraction' ? 100 : 1
  const shown = row.others.flatMap((other, at) =>
    other.pairs === 0
      ? []
      : [
          {
            label: items[at + 1],
            differences: other.differences.map(([, value]) => value * factor),
            mean: other.mean * factor,
            interval:
              other.interval === null
                ? null
                : ([other.interval[0] * factor, other.interval[1] * factor] as const),
          },
        ],
  )
  const sentence = finding(row, comparison)
  const units = [...new Set(row.others.flatMap(({ differences }) => differences.map(([unit]) => unit)))]
  const lookup = row.others.map(({ differences }) => new Map(differences))
  return figure(number, {
    id: `paired-${row.id}`,
    title: sentence,
    draw: (width) =>
      differenceStrip(shown, {
        width,
        alternative: sentence,
        unit: row.unit === 'fraction' ? 'percentage points' : row.unit,
      }),
    note: `Each tick is one of the ${over}; dot: their mean; bar: 95 % interval of the mean by ${RESAMPLES} resamples. ${row.formula}.`,
    data: table(
      [
        { label: over === 'homes' ? 'Home' : over === 'months' ? 'Month' : 'Row' },
        ...items.slice(1).map((label) => ({ label: named(label), number: true, unit: row.unit })),
      ],
      units.map((unit) => [unit, ...lookup.map((one) => changeText(one.get(unit) ?? null, row.unit))]),
    ),
  })
}

/** The comparison as one HTML file; the same comparison gives the same bytes. */
export function comparisonPage(comparison: Comparison): string {
  const { items, over, paired, notes, seed } = comparison
  const title = `${items.slice(1).join(', ')} against ${items[0]}`
  return plainPage(
    title,
    markup`<h1>${title}</h1>
<section id="figures"><h2>Key figures</h2>${kpiTable(comparison)}</section>
<section id="paired"><h2>Differences, paired over ${over}</h2>
${notes.map((note) => markup`<p class="note">${note}</p>`)}${
      paired.length === 0
        ? markup`<p>No paired figure differs.</p>`
        : paired.map((row, at) => pairedFigure(row, at + 1, comparison))
    }</section>
<section id="how"><h2>How it was made</h2><p>Pairs are ${over} that all of them have; a difference is a pair’s value less that of ${named(items[0])}.
The interval is the percentile bootstrap of the mean, seed ${seed}: how far the mean would move with other ${over} of the same kind.
It is no forecast: one year is one sample of weather, and a dozen pairs make it rather too narrow.</p></section>`,
  )
}
