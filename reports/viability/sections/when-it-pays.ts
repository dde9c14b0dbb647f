import type { BreakEven, TradeMap } from '../../../data/viability-files.ts'
import { cellMap } from '../../charts/cell-map.ts'
import { xyChart } from '../../charts/xy.ts'
import { type Markup, markup } from '../../html/markup.ts'
import { table } from '../../html/table.ts'
import { centsPerKwh, signedUsd, usd, whole } from '../../number-format.ts'
import { endOfGain, tradingConditions } from '../conditions.ts'
import type { ViabilityContext, ViabilitySection } from '../section.ts'
import { studyOf } from '../study-of.ts'

/** A gain in few characters: cells are small. */
const gainText = (usdPerMonth: number): string =>
  Math.abs(usdPerMonth) < 0.005 ? '0' : usdPerMonth.toFixed(Math.abs(usdPerMonth) < 10 ? 1 : 0)

function mapFigure(context: ViabilityContext, map: TradeMap): Markup {
  const cells = map.gainUsdPerMonth.flat()
  const gaining = cells.filter((gain) => gain > 0.005).length
  const most = Math.max(...cells)
  const [low, high] = map.here.exportUsdPerKwh
  const place = `${low === high ? centsPerKwh(low) : `${centsPerKwh(low)} to ${centsPerKwh(high)}`} given up, ${centsPerKwh(map.here.chargeUsdPerKwh)} of delivery`
  return context.figure({
    id: 'fig-trade-map',
    title:
      gaining === 0
        ? 'Trading gains nowhere on the map'
        : `Trading gains in ${whole(gaining)} of ${whole(cells.length)} cells, at most ${usd(most)} a month for the mean home, and most where exports earn little and wires are free`,
    draw: (width) =>
      cellMap(map.gainUsdPerMonth, {
        width,
        alternative: `Map of what an exported kWh earns (across) and delivery on a neighbor’s kWh (up): mean home’s gain by trading, from nothing to ${usd(most)} a month; ${gaining} of ${cells.length} cells gain. This scenario: ${place}.`,
        x: map.exportUsdPerKwh.map((value) => value * 100),
        y: map.chargeUsdPerKwh.map((value) => value * 100),
        xLabel: 'an exported kWh earns, ¢',
        yLabel: 'delivery on a neighbor’s kWh, ¢',
        axisText: (value) => String(Math.round(value * 10) / 10),
        cellText: gainText,
        here: { x: [low * 100, high * 100], y: map.here.chargeUsdPerKwh * 100 },
      }),
    note: `Each cell is a run of the whole year with that export value and that delivery charge, the operator’s fee on top as in the scenario; number: mean home’s gain by trading against the same homes without it, USD a month; ${place} in this scenario${low === high ? '' : ' (under net metering the value lies between what the month’s rest earns and the retail price)'}. The map’s export value is paid at once: no month is netted in it.`,
    data: table(
      [
        { label: 'Delivery', unit: '¢/kWh', number: true },
        ...map.exportUsdPerKwh.map((value) => ({ label: centsPerKwh(value), unit: 'export', number: true })),
      ],
      map.gainUsdPerMonth.map((row, at) => [
        centsPerKwh(map.chargeUsdPerKwh[at]),
        ...row.map((gain, column) => `${signedUsd(gain)}; ${whole(map.tradedKwhPerYear[at][column])}`),
      ]),
      { caption: 'Gain, USD a month; traded energy, kWh a year' },
    ),
  })
}

function lineFigure(context: ViabilityContext, line: BreakEven): Markup {
  const cents = line.unit === 'USD/kWh' && line.to < 10
  const text = (value: number) => (cents ? centsPerKwh(value) : usd(value))
  const trading = line.id.startsWith('trading')
  const end = trading ? endOfGain(line) : null
  const [crossing] = line.crossings
  const title = trading
    ? end === null
      ? `${line.variable}: trading still gains at ${text(line.to)}`
      : end.from === end.to
        ? `${line.variable}: no value makes trading gain here`
        : `${line.variable}: from ${text(end.from)} to ${text(end.to)} the gain by trading is gone`
    : crossing === undefined
      ? `${line.variable}: no price up to ${text(line.to)} makes it worth it`
      : `${line.variable}: worth it below ${text(crossing)}; this run has ${text(line.base)}`
  return context.figure({
    id: `fig-break-even-${line.id}`,
    title: trading ? title : `${line.result.replace(', USD', '')}. ${title}`,
    draw: (width) =>
      xyChart([{ label: line.result, values: line.points.map(({ y }) => y) }], {
        width,
        kind: 'line',
        alternative: `${line.result} over ${line.variable.toLowerCase()} from ${text(line.from)} to ${text(line.to)}: from ${signedUsd(line.points[0].y)} to ${signedUsd(line.points.at(-1)?.y ?? 0)}.`,
        x: line.points.map(({ x }) => (cents ? x * 100 : x)),
        xLabel: `${line.variable}, ${cents ? '¢/kWh' : line.unit}`,
        yLabel: trading ? 'USD a month' : 'USD',
      }),
    note: `All other inputs as in this run, which has ${text(line.base)}.${trading ? ' Each point is a run of the whole year.' : ''}`,
    data: table(
      [
        { label: line.variable, unit: cents ? '¢/kWh' : line.unit, number: true },
        { label: line.result, number: true },
      ],
      line.points.map(({ x, y }) => [text(x), signedUsd(y)]),
      { caption: line.result },
    ),
  })
}

export const whenItPays: ViabilitySection = {
  id: 'when-it-pays',
  title: (context) => {
    const { map } = studyOf(context)
    const cells = map?.gainUsdPerMonth.flat() ?? []
    return cells.length === 0
      ? 'When it pays: nothing can be traded here'
      : `When trading pays: ${whole(cells.filter((gain) => gain > 0.005).length)} of ${whole(cells.length)} combinations`
  },
  applies: ({ study }) => study !== null,
  render: (context) => {
    const study = studyOf(context)
    return markup`<ul>${tradingConditions(study).map((one) => markup`<li>${one}</li>`)}</ul>
${study.map === null ? '' : mapFigure(context, study.map)}
${study.breakEvens.map((line) => lineFigure(context, line))}`
  },
}
