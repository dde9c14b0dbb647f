import type { SizingOption, SizingResult } from '../../data/sizing-result.ts'
import { figure, type FigureSpec } from '../html/figure.ts'
import { type Markup, markup } from '../html/markup.ts'
import { jsonScript } from '../html/page.ts'
import { plainPage } from '../html/plain-page.ts'
import { table } from '../html/table.ts'
import { NOTHING, percent, plural, signedUsd, threeFigures, usd } from '../number-format.ts'
import { cashFigure, mapFigure, monthsFigure, swingFigure } from './figures.ts'
import { answerText, neighborText, rateText, sizeWords, yearsText } from './words.ts'

/** The answer as one HTML file; the same result gives the same bytes. */
export function renderSizing(result: SizingResult): string {
  let count = 0
  const draw = (spec: FigureSpec): Markup => figure(++count, spec)
  const some = result.answer.costUsd > 0
  return plainPage(
    result.question,
    markup`<div class="sizing">${sizingHead(result)}
<h2>Which size</h2>${result.map.length > 1 ? draw(mapFigure(result)) : markup`<p>No size but nothing is within roof and budget.</p>`}
${some ? markup`<h2>What it changes</h2>${draw(monthsFigure(result))}${draw(cashFigure(result))}` : ''}
<h2>How sure</h2>${uncertaintyText(result)}${result.uncertainty.swings.length > 0 ? draw(swingFigure(result)) : ''}
<h2>Neighbors, incentives, roof, carbon</h2>
<p>${neighborText(result)}</p>
${incentiveTable(result)}
${solarRoof(result)}
${carbon(result)}
<h2>What it stands on</h2>${assumptionTable(result)}
${result.notes.length === 0 ? '' : markup`<ul>${result.notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
${LIMITS}
<h2>Made by</h2><pre tabindex="0" aria-label="Command">${result.command}</pre>
<p class="note">Version ${result.version}, seed ${result.uncertainty.seed}. The same command gives the same figures. Read: ${result.inputs.map(({ name, sha256, source, licence }, at) => markup`${at === 0 ? '' : '; '}${name}${sha256 === '' ? '' : markup` (SHA-256 <code>${sha256.slice(0, 16)}…</code>)`}, ${source}, ${licence}`)}.</p>
</div>${jsonScript('sizing', result)}`,
  )
}

const LIMITS = markup`<p class="note">Limits: hours, not minutes; one year of use and sun stands for all, prices rise evenly; bills of years between the first and the last lie between theirs. A battery’s fade is its mean over its life. Outages, taxes on savings and what a house sells for are not in it.</p>`

/** Question, answer, figures and ways to go. */
export function sizingHead(result: SizingResult): Markup {
  const { home, tariff, uncertainty, looked, detail } = result
  const { lead, sentence } = answerText(result)
  const { npvUsd, savingUsdPerMonth, paybackYears } = uncertainty
  const cents = (value: number | null) => (value === null ? 'none' : `${(value * 100).toFixed(1)} ¢/kWh`)
  const span = (text: (value: number) => string, { p10, p90 }: { p10: number; p90: number }) =>
    `P10 ${text(p10)}, P90 ${text(p90)}`
  // Where nothing is bought, what comes nearest is told.
  const figures = [
    [
      'Net charge, a month',
      usd(looked.chargeUsdPerMonth),
      `now ${usd(looked.chargeUsdPerMonth + looked.savingUsdPerMonth)}`,
    ],
    ['Saved, a month', usd(looked.savingUsdPerMonth), span(usd, savingUsdPerMonth)],
    [
      'Money back after',
      yearsText(looked.paybackYears),
      paybackYears === null ? 'in no draw' : span((value) => value.toFixed(1), paybackYears),
    ],
    ['Worth, NPV', signedUsd(looked.npvUsd), span(signedUsd, npvUsd)],
  ]
  return markup`<h1>${result.question}</h1>
<p class="meta">${home.place}: ${home.load}, ${threeFigures(home.kwhPerYear)} kWh a year; roof for ${threeFigures(home.roofKw)} kW at ${home.tiltDeg}°, facing ${home.azimuthDeg}°, ${threeFigures(home.yieldKwhPerKw)} kWh/kW; ${home.budgetUsd === null ? 'no budget' : `budget ${usd(home.budgetUsd)}`}. ${tariff.label}, ${tariff.exports}.</p>
<p class="verdict"><strong>${lead}:</strong> ${sentence}</p>
${looked.costUsd === 0 ? '' : markup`<dl class="figures">${figures.map(([label, value, note]) => markup`<div><dt>${label}</dt><dd><strong>${value}</strong> ${note}</dd></div>`)}</dl>`}
${optionTable(result)}
<p class="note">Solar costs ${cents(detail.lcoeUsdPerKwh)} (levelized, before incentives)${detail.lcosUsdPerKwh === null ? '' : markup`; a kWh out of the battery ${cents(detail.lcosUsdPerKwh)} with what charging costs, ${cents(detail.lcosWithoutChargingUsdPerKwh)} without`}. P10 and P90 are of the draws, in which today’s rule for exports may end; the other figures are of likely values.</p>`
}

/** Every way to go, side by side. */
export function optionTable({ options, years, discountFraction }: SizingResult): Markup {
  const money = (value: number): Markup =>
    value < -0.005
      ? markup`<span class="lose mark">▼ ${signedUsd(value)}</span>`
      : markup`${signedUsd(value)}`
  const row = (option: SizingOption) => [
    option.label,
    option.panelsKw === 0 ? NOTHING : threeFigures(option.panelsKw),
    option.batteryKwh === 0
      ? NOTHING
      : `${threeFigures(option.batteryKwh)} / ${threeFigures(option.batteryKw)}`,
    usd(option.costUsd),
    usd(option.chargeUsdPerMonth),
    money(option.npvUsd),
    option.costUsd === 0 ? NOTHING : yearsText(option.paybackYears).replace(' years', ''),
    option.costUsd === 0 ? NOTHING : yearsText(option.discountedPaybackYears).replace(' years', ''),
    option.costUsd === 0 ? NOTHING : rateText(option.internalRate),
  ]
  return table(
    [
      { label: 'Way to go' },
      { label: 'Panels', unit: 'kW', number: true },
      { label: 'Battery', unit: 'kWh / kW', number: true },
      { label: 'Cost', unit: 'USD', number: true },
      { label: 'Net charge', unit: 'USD/month', number: true },
      { label: 'NPV', unit: 'USD', number: true },
      { label: 'Payback', unit: 'years', number: true },
      { label: 'discounted', unit: 'years', number: true },
      { label: 'Internal rate', number: true },
    ],
    options.map(row),
    {
      caption: `First year, and against doing nothing ${plural(years, 'year')} at ${percent(discountFraction)}`,
      id: 'size-options',
    },
  )
}

function uncertaintyText({ uncertainty, looked, discounting }: SizingResult): Markup {
  const { draws, gainShare, reachedShare, internalRate, internalRateKinds: kinds } = uncertainty
  if (looked.costUsd === 0) return markup`<p>Nothing is bought, so nothing is uncertain.</p>`
  const rates =
    internalRate === null
      ? ''
      : ` Internal rate ${percent(internalRate.p50)} (P10 ${percent(internalRate.p10)}, P90 ${percent(internalRate.p90)}); one in ${plural(kinds.one, 'draw')}, none in ${kinds.none}, multiple in ${kinds.multiple}.`
  return markup`<p>Sun, use, prices, costs, fade and the end of today’s rule for exports were drawn together ${plural(draws, 'time')} (Latin hypercube), each year lived and billed again: it gains in ${percent(gainShare)} of them, and the money comes back in ${percent(reachedShare)}.${rates} At other discount rates: ${discounting.map(({ rate, npvUsd }, at) => `${at === 0 ? '' : ', '}${signedUsd(npvUsd)} at ${percent(rate)}`)}.</p>`
}

function incentiveTable({ detail }: SizingResult): Markup {
  if (detail.incentives.length === 0) return markup`<p>No incentive is taken.</p>`
  return table(
    [
      { label: 'Incentive' },
      { label: 'For installations' },
      { label: 'Once', unit: 'USD', number: true },
      { label: 'A year', unit: 'USD', number: true },
      { label: 'Years', number: true },
      { label: 'Source' },
    ],
    detail.incentives.map(({ label, from, until, eligible, onceUsd, yearlyUsd, years, source, grade }) => [
      label,
      markup`${from ?? 'any day'} to ${until ?? 'no known end'}${eligible ? '' : markup` <span class="lose mark">ended</span>`}`,
      usd(onceUsd),
      usd(yearlyUsd),
      yearlyUsd === 0 ? NOTHING : years,
      `${source} (${grade})`,
    ]),
    { caption: 'Incentives, by the day of the installation', id: 'incentives' },
  )
}

function solarRoof({ solarRoof: roof, years }: SizingResult): Markup {
  if (roof.panelsKw === 0) return markup``
  return table(
    [
      { label: `${threeFigures(roof.panelsKw)} kW as` },
      { label: 'Price', unit: 'USD/W', number: true },
      { label: `NPV`, unit: `${plural(years, 'year')}, USD`, number: true },
      { label: 'Source of the price' },
    ],
    [
      ['Panels', usd(roof.panelsUsdPerW), 'see above', 'see the assumptions'],
      [
        'Solar roof',
        roof.roofUsdPerW === null ? 'not verified' : usd(roof.roofUsdPerW),
        roof.npvUsd === null ? NOTHING : signedUsd(roof.npvUsd),
        roof.roofUsdPerW === null
          ? 'none found that could be verified; give --solar-roof-cost'
          : 'given, not verified',
      ],
      [
        'Solar roof that is worth as much as nothing',
        roof.breakEvenUsdPerW === null ? 'none' : usd(roof.breakEvenUsdPerW),
        usd(0),
        'computed',
      ],
      [
        'Solar roof that is as good as panels',
        roof.asPanelsUsdPerW === null ? 'none' : usd(roof.asPanelsUsdPerW),
        'as the panels',
        roof.plainRoofUsd === 0
          ? 'computed; no plain roof is saved'
          : `computed; a plain roof of ${usd(roof.plainRoofUsd)} is saved`,
      ],
    ],
    { caption: 'Panels or solar roof: the same energy at another price', id: 'solar-roof' },
  )
}

function carbon({ detail, looked }: SizingResult): Markup {
  if (looked.costUsd === 0) return markup``
  const shown = (kg: number | null) => (kg === null ? 'no factor given' : threeFigures(kg))
  return table(
    [{ label: 'CO₂ less in the first year, counted' }, { label: 'kg', number: true }],
    [
      ['by the plant that is turned down (marginal)', shown(detail.carbonMarginalKgPerYear)],
      ['by the grid’s mean (average)', shown(detail.carbonAverageKgPerYear)],
    ],
    { caption: `With ${sizeWords(looked)}; two ways to count the same CO₂, never to be added`, id: 'carbon' },
  )
}

function assumptionTable({ assumptions }: SizingResult): Markup {
  return table(
    [
      { label: 'Assumption' },
      { label: 'Value', number: true },
      { label: 'Drawn over', number: true },
      { label: 'Unit' },
      { label: 'Source' },
      { label: 'Grade' },
    ],
    assumptions.map(({ label, value, unit, low, high, source, grade }) => [
      label,
      typeof value === 'number' ? threeFigures(value) : value,
      low === undefined || high === undefined || low === high
        ? NOTHING
        : `${threeFigures(low)} to ${threeFigures(high)}`,
      unit,
      source,
      grade,
    ]),
    {
      caption:
        'A: read at its source, or given. B: arithmetic on such. C: assumed, or of a vendor or the press',
      id: 'assumptions',
    },
  )
}
