import type { SizingResult } from '../../data/sizing-result.ts'
import { cashFlow } from '../charts/cash-flow.ts'
import { intervals } from '../charts/intervals.ts'
import { sizeMap } from '../charts/size-map.ts'
import { xyChart } from '../charts/xy.ts'
import type { FigureSpec } from '../html/figure.ts'
import { markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { percent, plural, signedUsd, threeFigures, usd } from '../number-format.ts'
import { monthName } from '../statement/statement.ts'
import { sizeWords, yearsText } from './words.ts'

/** Worth of every size. */
export function mapFigure({ map, answer, years, discountFraction }: SizingResult): FigureSpec {
  const best = `most is ${signedUsd(answer.npvUsd)} with ${sizeWords(answer)}`
  return {
    id: 'size-map',
    title: `Of ${plural(map.length, 'size')} the best is ${sizeWords(answer)}`,
    draw: (width) =>
      sizeMap(
        map.map(({ panelsKw, batteryKwh, npvUsd }) => ({ panelsKw, batteryKwh, value: npvUsd / 1000 })),
        { width, alternative: `Net present value over panels and battery, thousand USD; ${best}.` },
      ),
    note: `Net present value over ${plural(years, 'year')} at ${percent(discountFraction)}, thousand USD: green above doing nothing, red below it (with a minus sign), framed the best. Each battery is run in the way that is worth most.`,
    data: table(
      [
        { label: 'Panels', unit: 'kW', number: true },
        { label: 'Battery', unit: 'kWh', number: true },
        { label: 'Cost', unit: 'USD', number: true },
        { label: 'NPV', unit: 'USD', number: true },
        { label: 'Battery run by' },
      ],
      map.map(({ panelsKw, batteryKwh, costUsd, npvUsd, strategy }) => [
        threeFigures(panelsKw),
        threeFigures(batteryKwh),
        usd(costUsd),
        signedUsd(npvUsd),
        strategy,
      ]),
    ),
  }
}

/** Bills of the first year, month by month. */
export function monthsFigure({ months }: SizingResult): FigureSpec {
  const before = months.reduce((sum, { beforeUsd }) => sum + beforeUsd, 0)
  const after = months.reduce((sum, { afterUsd }) => sum + afterUsd, 0)
  return {
    id: 'months',
    title: `The year’s bills ${after < before ? 'fall' : 'go'} from ${usd(before)} to ${usd(after)}`,
    draw: (width) =>
      xyChart(
        [
          { label: 'before', values: months.map(({ beforeUsd }) => beforeUsd) },
          { label: 'after', values: months.map(({ afterUsd }) => afterUsd) },
        ],
        {
          width,
          kind: 'bars',
          x: months.map(({ month }) => monthName(month).slice(0, 3)),
          xLabel: 'month of the first year',
          yLabel: 'USD',
          alternative: `Net charge of each month before and after: ${months.map(({ month, beforeUsd, afterUsd }) => `${monthName(month)} ${usd(beforeUsd)} and ${usd(afterUsd)}`).join(', ')}.`,
        },
      ),
    note: 'Net charge, all lines of the bill. Where credits are carried, the year begins with what a year like it has left.',
    data: table(
      [
        { label: 'Month' },
        { label: 'Before', unit: 'USD', number: true },
        { label: 'After', unit: 'USD', number: true },
      ],
      months.map(({ month, beforeUsd, afterUsd }) => [monthName(month), usd(beforeUsd), usd(afterUsd)]),
      { total: ['Year', usd(before), usd(after)] },
    ),
  }
}

/** Money of every year. */
export function cashFigure({ detail, answer }: SizingResult): FigureSpec {
  const { flows, totalUsd, cumulativeUsd, cumulativeDiscountedUsd } = detail
  return {
    id: 'cash-flow',
    title: `The money is back ${answer.paybackYears === null ? 'at no time' : `after ${yearsText(answer.paybackYears)}`}${answer.discountedPaybackYears === null ? '' : `, discounted after ${yearsText(answer.discountedPaybackYears)}`}`,
    draw: (width) =>
      cashFlow({
        width,
        alternative: `Money by year: ${usd(-totalUsd[0])} paid today, in all ${signedUsd(cumulativeUsd[cumulativeUsd.length - 1])} after ${plural(totalUsd.length - 1, 'year')}, payback ${yearsText(answer.paybackYears)}.`,
        flows: totalUsd,
        cumulative: cumulativeUsd,
        discounted: cumulativeDiscountedUsd,
        paybackYears: answer.paybackYears,
        discountedPaybackYears: answer.discountedPaybackYears,
      }),
    note: 'Nominal USD against doing nothing; year 0 is today. Savings rise with prices and fall with the panels’ power.',
    data: table(
      [
        { label: 'Year', number: true },
        ...flows.map(({ label }) => ({ label, unit: 'USD', number: true })),
        { label: 'All', unit: 'USD', number: true },
        { label: 'Sum', unit: 'USD', number: true },
      ],
      totalUsd.map((all, year) => [
        year,
        ...flows.map(({ usd: values }) => signedUsd(values[year])),
        signedUsd(all),
        signedUsd(cumulativeUsd[year]),
      ]),
    ),
  }
}

const COLORS: Readonly<Record<string, string>> = {
  sun: 'solar',
  'panels-price': 'solar',
  fade: 'solar',
  'battery-price': 'battery',
  load: 'load',
  escalation: 'grid',
  'export-rule': 'grid',
}

const SHORT: Readonly<Record<string, string>> = {
  sun: 'Sun',
  'panels-price': 'Panels’ price',
  fade: 'Panels’ fade',
  'battery-price': 'Battery’s price',
  load: 'Use',
  escalation: 'Price rise',
  'export-rule': 'Export rule',
}

/** What moves the answer, one thing at a time. */
export function swingFigure({ uncertainty, looked }: SizingResult): FigureSpec {
  const { swings } = uncertainty
  const end = (id: string, value: number): string =>
    id === 'export-rule' && value > 40 ? 'never ends' : threeFigures(value)
  return {
    id: 'swings',
    title: `${SHORT[swings[0].id]} moves it most: from ${signedUsd(Math.min(swings[0].npvLowUsd, swings[0].npvHighUsd))} to ${signedUsd(Math.max(swings[0].npvLowUsd, swings[0].npvHighUsd))}`,
    draw: (width) =>
      intervals(
        swings.map(({ id, npvLowUsd, npvHighUsd }) => ({
          label: SHORT[id],
          className: COLORS[id],
          value: looked.npvUsd,
          low: Math.min(npvLowUsd, npvHighUsd),
          high: Math.max(npvLowUsd, npvHighUsd),
        })),
        {
          width,
          unit: 'NPV, USD',
          alternative: `Net present value when one thing moves from its least to its greatest value: ${swings.map(({ id, npvLowUsd, npvHighUsd }) => `${SHORT[id]} ${signedUsd(npvLowUsd)} to ${signedUsd(npvHighUsd)}`).join(', ')}.`,
        },
      ),
    note: markup`Each line: ${sizeWords(looked)}, one thing at its least and greatest value and the others at their likely ones. The whole year is lived and billed again for each.`,
    data: table(
      [
        { label: 'What' },
        { label: 'Least', number: true },
        { label: 'Greatest', number: true },
        { label: 'Unit' },
        { label: 'NPV at the least', unit: 'USD', number: true },
        { label: 'NPV at the greatest', unit: 'USD', number: true },
      ],
      swings.map(({ id, label, low, high, unit, npvLowUsd, npvHighUsd }) => [
        label,
        end(id, low),
        end(id, high),
        unit,
        signedUsd(npvLowUsd),
        signedUsd(npvHighUsd),
      ]),
    ),
  }
}
