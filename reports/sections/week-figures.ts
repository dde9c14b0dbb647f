import { withTokens } from '../../data/run-files.ts'
import { type TimePanel, timePanels, type TimeTick } from '../charts/time-panels.ts'
import type { Markup } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { centsPerKwh, percent, threeFigures } from '../number-format.ts'
import type { SeriesWindow, WindowColumn } from '../report-input.ts'
import type { SectionContext } from './section.ts'

const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0)

const local = (window: SeriesWindow, step: number, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(
    (window.startSeconds + step * window.stepSeconds) * 1000,
  ).toZonedDateTimeISO(timeZone)

/** `Mon 17 Jul`. */
const dayLabel = (time: Temporal.ZonedDateTime): string =>
  `${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][time.dayOfWeek - 1]} ${time.day}`

const dateLabel = (time: Temporal.ZonedDateTime): string =>
  time.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })

interface PanelSource {
  readonly unit: string
  readonly height: number
  readonly series: readonly {
    readonly label: string
    readonly className: string
    readonly kind: 'area' | 'line' | 'dashed'
    readonly columns: readonly [WindowColumn, WindowColumn?]
    readonly scale: 'power' | 'value' | 'cents'
  }[]
}

/** What a picture of time shows; the second column of a series counts against the first. */
const POWER: PanelSource = {
  unit: 'kW',
  height: 110,
  series: [
    { label: 'solar', className: 'solar', kind: 'area', columns: ['solarKwh'], scale: 'power' },
    { label: 'load', className: 'load', kind: 'line', columns: ['loadKwh'], scale: 'power' },
  ],
}
const BATTERY: PanelSource = {
  unit: 'kW',
  height: 70,
  series: [
    {
      label: 'battery (above zero: gives)',
      className: 'battery',
      kind: 'area',
      columns: ['dischargeKwh', 'chargeKwh'],
      scale: 'power',
    },
  ],
}
const EXCHANGE: PanelSource = {
  unit: 'kW',
  height: 90,
  series: [
    {
      label: 'from the grid (below zero: to it)',
      className: 'grid',
      kind: 'area',
      columns: ['importKwh', 'exportKwh'],
      scale: 'power',
    },
    { label: 'between neighbors', className: 'trade', kind: 'line', columns: ['tradedKwh'], scale: 'power' },
  ],
}
const PRICE: PanelSource = {
  unit: '¢/kWh',
  height: 60,
  series: [
    { label: 'retail price', className: 'grid', kind: 'line', columns: ['priceUsdPerKwh'], scale: 'cents' },
    {
      label: 'between neighbors',
      className: 'trade',
      kind: 'line',
      columns: ['peerPriceUsdPerKwh'],
      scale: 'cents',
    },
  ],
}
export const CLAIMS: PanelSource = {
  unit: 'kWh',
  height: 110,
  series: [
    { label: 'truly there', className: 'battery', kind: 'area', columns: ['deliverableKwh'], scale: 'value' },
    {
      label: 'claimed by active tokens',
      className: 'load',
      kind: 'line',
      columns: ['activeKwh'],
      scale: 'value',
    },
    { label: 'set aside', className: 'loss', kind: 'dashed', columns: ['setAsideKwh'], scale: 'value' },
  ],
}

/** Values of a series, averaged over `every` intervals. */
function values(window: SeriesWindow, series: PanelSource['series'][number], every: number): number[] {
  const [plus, minus] = series.columns
  const unit = series.scale === 'power' ? 3600 / window.stepSeconds : series.scale === 'cents' ? 100 : 1
  const column = window.columns[plus]
  const other = minus === undefined ? undefined : window.columns[minus]
  const points: number[] = []
  for (let at = 0; at < column.length; at += every) {
    let sum = 0
    let count = 0
    for (let step = at; step < Math.min(at + every, column.length); step++) {
      const value = column[step] - (other?.[step] ?? 0)
      if (Number.isNaN(value)) continue
      sum += value
      count++
    }
    points.push(count === 0 ? Number.NaN : (sum / count) * unit)
  }
  return points
}

const panelsOf = (window: SeriesWindow, sources: readonly PanelSource[], every: number): TimePanel[] =>
  sources.map(({ unit, height, series }) => ({
    unit,
    height,
    series: series.map((one) => ({
      label: one.label,
      className: one.className,
      kind: one.kind,
      values: values(window, one, every),
    })),
  }))

/** Local midnights of a window, in averaged intervals. */
function dayTicks(window: SeriesWindow, timeZone: string, every: number): TimeTick[] {
  const marks: TimeTick[] = []
  let time = local(window, 0, timeZone).startOfDay()
  const end = window.startSeconds + window.columns.loadKwh.length * window.stepSeconds
  while (time.epochMilliseconds / 1000 < end) {
    const at = (time.epochMilliseconds / 1000 - window.startSeconds) / window.stepSeconds / every
    marks.push({ at: Math.max(0, at), label: dayLabel(time) })
    time = time.add({ days: 1 })
  }
  return marks
}

/** Steps that make one point: quarters of an hour on paper, hours on a phone, or one interval. */
const everyFor = (window: SeriesWindow, width: number): number =>
  Math.max(1, Math.round((width < 500 ? 3600 : 900) / window.stepSeconds))

/** Draws a window for one width. */
export function drawWindow(
  window: SeriesWindow,
  sources: readonly PanelSource[],
  timeZone: string,
  width: number,
  alternative: string,
): Markup {
  const every = everyFor(window, width)
  const count = Math.ceil(window.columns.loadKwh.length / every)
  return timePanels(panelsOf(window, sources, every), {
    width,
    alternative,
    count,
    ticks: dayTicks(window, timeZone, every),
    between: true,
  })
}

const SUMMED = [
  ['solarKwh', 'solar'],
  ['loadKwh', 'load'],
  ['chargeKwh', 'charged'],
  ['dischargeKwh', 'discharged'],
  ['tradedKwh', 'traded'],
  ['importKwh', 'from the grid'],
  ['exportKwh', 'to the grid'],
] as const satisfies readonly (readonly [WindowColumn, string])[]

/** Energy sums over pieces of a window, as a table. */
function sumTable(
  window: SeriesWindow,
  rows: readonly { label: string; from: number; to: number }[],
  head: string,
): Markup {
  const sum = (name: WindowColumn, from: number, to: number) => total(window.columns[name].subarray(from, to))
  return table(
    [{ label: head }, ...SUMMED.map(([, label]) => ({ label, unit: 'kWh', number: true }))],
    rows.map(({ label, from, to }) => [label, ...SUMMED.map(([name]) => threeFigures(sum(name, from, to)))]),
    {
      caption: `Sums; every interval is in the run’s series folder`,
      total: ['Sum', ...SUMMED.map(([name]) => threeFigures(total(window.columns[name])))],
    },
  )
}

function pieces(
  window: SeriesWindow,
  timeZone: string,
  unit: 'days' | 'hours',
): { label: string; from: number; to: number }[] {
  const list: { label: string; from: number; to: number }[] = []
  const end = window.columns.loadKwh.length
  let time = local(window, 0, timeZone)
  for (let from = 0; from < end;) {
    const next = time.add(unit === 'days' ? { days: 1 } : { hours: 1 })
    const to = Math.min(
      end,
      Math.ceil((next.epochMilliseconds / 1000 - window.startSeconds) / window.stepSeconds),
    )
    list.push({
      label: unit === 'days' ? dayLabel(time) : time.toPlainTime().toString().slice(0, 5),
      from,
      to,
    })
    if (to <= from) break
    from = to
    time = next
  }
  return list
}

/** Which season a week shows is told by its own sun, so it holds on both halves of the Earth. */
function weekName(window: SeriesWindow, windows: readonly SeriesWindow[]): string {
  const weeks = windows.filter(({ id }) => id !== 'day')
  if (weeks.length < 2) return 'The first days'
  const solar = (week: SeriesWindow) => total(week.columns.solarKwh)
  const sunniest = weeks.reduce((best, week) => (solar(week) > solar(best) ? week : best))
  return window === sunniest ? 'A summer week' : 'A winter week'
}

export function weekFigures({ input, figure }: SectionContext): Markup[] {
  const { windows, results } = input
  const { timeZone } = results
  return windows
    .filter(({ id }) => id !== 'day')
    .map((window) => {
      const { columns } = window
      const name = weekName(window, windows)
      const [solar, load, imported] = [
        total(columns.solarKwh),
        total(columns.loadKwh),
        total(columns.importKwh),
      ]
      const traded = total(columns.tradedKwh)
      const finding = `${name}: solar makes ${solar > 0 && load > 0 ? percent(solar / load) : 'nothing'} of the load, the grid still brings ${percent(imported / Math.max(load, 1e-9))}${traded > 0 ? `; ${percent(traded / load)} comes from neighbors` : ''}`
      const sources = [POWER, BATTERY, EXCHANGE]
      return figure({
        id: `fig-${window.id}`,
        title: finding,
        draw: (width) =>
          drawWindow(
            window,
            sources,
            timeZone,
            width,
            `${finding}. Panels over time: solar and load; battery; exchange with the grid and between neighbors.`,
          ),
        note: `From ${dateLabel(local(window, 0, timeZone))}, local time, community sums; quarter-hour means. The grid is the net exchange at the transformer.`,
        data: sumTable(window, pieces(window, timeZone, 'days'), 'Day'),
        explore: window.id,
      })
    })
}

export function dayFigure({ input, figure }: SectionContext): Markup | null {
  const { windows, results, scenario } = input
  const window = windows.find(({ id }) => id === 'day')
  if (window === undefined) return null
  const { timeZone } = results
  const count = window.columns.loadKwh.length
  const start = local(window, 0, timeZone)
  const traded = total(window.columns.tradedKwh)
  const prices = window.columns.peerPriceUsdPerKwh.filter((price) => !Number.isNaN(price))
  const finding =
    traded === 0
      ? `${dateLabel(start)}, by the interval: nothing was traded`
      : `${dateLabel(start)}, by the interval: ${threeFigures(traded)} kWh traded at ${centsPerKwh(prices.reduce((a, b) => Math.min(a, b)))} to ${centsPerKwh(prices.reduce((a, b) => Math.max(a, b)))}`
  const sources = [POWER, BATTERY, EXCHANGE, PRICE]
  const hours = (width: number): TimeTick[] =>
    Array.from({ length: width < 500 ? 4 : 8 }, (_, index) => {
      const hour = index * (width < 500 ? 6 : 3)
      const time = start.add({ hours: hour })
      return {
        at: (time.epochMilliseconds / 1000 - window.startSeconds) / window.stepSeconds,
        label: time.toPlainTime().toString().slice(0, 5),
      }
    })
  return figure({
    id: 'fig-day',
    title: finding,
    draw: (width) =>
      timePanels(panelsOf(window, sources, 1), {
        width,
        alternative: `${finding}. Panels: solar and load; battery; exchange; prices.`,
        count,
        ticks: hours(width),
        between: false,
      }),
    note: `Every ${scenario.settlementMinutes}-minute interval, mean power, local time. What happens within the hour comes from the named disaggregation of hourly data (see limits).`,
    data: sumTable(window, pieces(window, timeZone, 'hours'), 'Hour'),
    explore: window.id,
  })
}

/** Data of the interactive pictures: full resolution, as base64 columns of 32-bit floats. */
export function explorePictures({ windows, results }: SectionContext['input']): Record<string, unknown> {
  const base64 = (points: readonly number[]) =>
    Buffer.from(Float32Array.from(points).buffer).toString('base64')
  const claims = withTokens(results.communities).length > 0 ? [CLAIMS] : []
  return Object.fromEntries(
    windows.map((window) => {
      const sources =
        window.id === 'day' ? [POWER, BATTERY, EXCHANGE, PRICE] : [POWER, BATTERY, EXCHANGE, ...claims]
      const panels = panelsOf(window, sources, 1).map(({ unit, series }) => ({
        unit,
        series: series.map(({ label, className, kind, values: points }) => ({
          label,
          className,
          kind,
          values: base64(points),
        })),
      }))
      const start = local(window, 0, results.timeZone).toPlainDateTime().toString().replace('T', ' ')
      return [window.id, { start, stepMs: window.stepSeconds * 1000, panels }]
    }),
  )
}
