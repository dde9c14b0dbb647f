import type { Grade as PublishedGrade } from '../../data/tariffs/published.ts'
import { publishedTariff } from '../../data/tariffs/registry.ts'
import { type Markup, markup, named, type Part } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { homesOf } from '../kpi/sums.ts'
import { NOTHING, threeFigures, whole } from '../number-format.ts'
import {
  type ScenarioView,
  solarKw,
  type SolarView,
  type SourceView,
  type TariffView,
} from '../scenario-view.ts'
import { exportText, importText } from '../tariff-text.ts'
import type { Section } from './section.ts'

/**
 * How far a value can be trusted: `by its source` (the scenario says where it is from, or that it is an
 * assumption), `assumed` (the scenario's author chose it), A to C of a published rate.
 */
type Grade = 'by its source' | 'assumed' | 'grade A' | 'grade B' | 'grade C'

/** The burn algorithm's parameters in words, with their units. */
const BURN: Record<string, readonly [what: string, unit: string]> = {
  missRate: ['how often its lower bound may be missed', 'share'],
  hysteresisKwh: ['least move of tokens', 'kWh'],
  setAside: ['sets tokens aside by prediction', NOTHING],
  factorStart: ['conversion factor at the start', 'AC out / AC in'],
  refitDays: ['days between fits of the factor', 'days'],
  gateKwh: ['a refusal is not believed above', 'kWh predicted'],
}

interface Assumption {
  readonly what: string
  readonly value: string
  readonly unit: string
  readonly source: Part
  readonly year: string
  readonly grade: Grade
}

type Sourced = (what: string, value: string, unit: string) => Assumption

/** A published rate names its own sources, line by line with their grades. */
function importRows({ import: price }: TariffView, sourced: Sourced): Assumption[] {
  const [value, unit] = importText(price)
  if (price.kind !== 'published') return [sourced('Retail price', value, unit)]
  const { date, price: published, fixedUsdPerMonth, fixedGrade } = publishedTariff(price.name)
  const one = (
    what: string,
    values: readonly number[],
    grade: PublishedGrade,
    perMonth = false,
  ): Assumption => {
    const [least, most] = [Math.min(...values), Math.max(...values)]
    const range = least === most ? threeFigures(least) : `${threeFigures(least)} to ${threeFigures(most)}`
    return {
      what: `Rate: ${what}`,
      value: range,
      unit: perMonth ? 'USD/month' : 'USD/kWh',
      source: 'that of the rate',
      year: date.slice(0, 4),
      grade: `grade ${grade}`,
    }
  }
  const prices =
    'lines' in published
      ? published.lines.map((line) => one(line.label, line.usdPerKwh, line.grade))
      : published.periods.map((period) => one(period.label, [period.usdPerKwh], published.grade))
  return [...prices, one('fixed charge', fixedUsdPerMonth, fixedGrade, true)]
}

/** Where a published rate is from, and what its sheet says besides. */
function publishedNote({ import: price }: TariffView): Markup | null {
  if (price.kind !== 'published') return null
  const { label, date, source, notOffered, notes } = publishedTariff(price.name)
  return markup`<p>The rate is “${label}”, ${date}${notOffered === undefined ? '' : markup` (<strong>${notOffered}</strong>)`}. Its source: ${source}. ${notes.join(' ')}</p>`
}

function exportRows(
  { export: paid, solarChargeUsdPerKwMonth: charge }: TariffView,
  sourced: Sourced,
): Assumption[] {
  const rows =
    paid.kind === 'value-stack'
      ? paid.components.map(({ label, usdPerKwh, source }) => ({
          ...sourced(`Value stack: ${label}`, threeFigures(usdPerKwh), 'USD/kWh'),
          source,
        }))
      : paid.kind === 'flat'
        ? [sourced('Export price', threeFigures(paid.usdPerKwh), 'USD/kWh')]
        : [
            sourced(
              exportText(paid).replace(/^./, (first) => first.toUpperCase()),
              NOTHING,
              NOTHING,
            ),
          ]
  return charge === 0 ? rows : [...rows, sourced('Charge on solar', threeFigures(charge), 'USD/kW/month')]
}

function tariffRows({ tariff, market }: ScenarioView): Assumption[] {
  const source = 'that of the tariff'
  const sourced = (what: string, value: string, unit: string): Assumption => ({
    what,
    value,
    unit,
    source,
    year: String(tariff.year),
    grade: 'by its source',
  })
  const rate = (usdPerKwh: number) => threeFigures(usdPerKwh)
  return [
    ...importRows(tariff, sourced),
    ...exportRows(tariff, sourced),
    sourced(
      tariff.import.kind === 'published' || tariff.import.kind === 'urdb'
        ? 'Fixed charge on top'
        : 'Fixed charge',
      threeFigures(tariff.fixedUsdPerMonth),
      'USD/month',
    ),
    sourced(
      'Low-income discount',
      threeFigures(tariff.lowIncomeDiscountFraction * 100),
      '% of the utility’s lines',
    ),
    {
      ...sourced('Delivery on a neighbor’s kWh', rate(tariff.peerDeliveryUsdPerKwh), 'USD/kWh'),
      grade: 'assumed',
    },
    {
      what: 'Operator’s fee',
      value: rate(market.platformFeeUsdPerKwh),
      unit: 'USD/kWh traded',
      source: 'scenario',
      year: NOTHING,
      grade: 'assumed',
    },
  ]
}

const assumed = (what: string, value: string, unit: string, source: Part = 'scenario'): Assumption => ({
  what,
  value,
  unit,
  source,
  year: NOTHING,
  grade: 'assumed',
})

function otherRows(scenario: ScenarioView): Assumption[] {
  const { economics, market, telemetry, ledger, disaggregation, settlementMinutes } = scenario
  return [
    assumed(
      'Supply cost that the utility avoids',
      threeFigures(economics.avoidedSupplyUsdPerKwh),
      'USD/kWh',
      'scenario; a wholesale proxy, not an avoided-cost study',
    ),
    assumed(
      'Installed cost of a battery',
      threeFigures(economics.batteryUsdPerKwh),
      'USD/kWh usable',
      'scenario; vendor figures differ by half',
    ),
    assumed('Market mechanism', market.mechanism, NOTHING),
    assumed('Settlement interval', whole(settlementMinutes), 'min'),
    assumed('Solar within the hour', disaggregation.solar, 'method'),
    assumed('Load within the hour', disaggregation.load, 'method'),
    ...(ledger.tokens
      ? [assumed('Meter error', threeFigures(telemetry.meterClassPercent), '% bias, at most')]
      : []),
    assumed('Opening balance', threeFigures(ledger.openingBalanceUsd), 'USD each account'),
    assumed('Credit limit', threeFigures(ledger.creditLimitUsd), 'USD'),
    ...Object.entries(ledger.tokens ? scenario.burn : {}).map(([name, value]) => {
      const [what, unit] = BURN[name] ?? [name, NOTHING]
      return assumed(
        `Burn: ${what}`,
        typeof value === 'number' ? threeFigures(value) : value ? 'yes' : 'no',
        unit,
      )
    }),
  ]
}

const sourceText = (source: SourceView): string =>
  'profile' in source
    ? source.profile
    : 'file' in source
      ? `${source.file}, column ${source.column}`
      : `model of a commercial site, ${source.commercial.peakKw} kW`

/** AC nameplate, and how a computed plant stands. */
function solarText(solar: SolarView | undefined): string {
  if (solar === undefined) return 'none'
  const kw = solarKw(solar)
  const text = kw === undefined ? 'as in the data' : threeFigures(kw)
  if (!('weather' in solar)) return text
  return `${text}, computed (${threeFigures(solar.dcKw)} DC, tilt ${solar.tiltDeg}°, azimuth ${solar.azimuthDeg}°)`
}

/** Which plants were not measured, and from what they were computed; nothing where all were. */
function computedSolar({ communities }: ScenarioView): string {
  const plants = communities.flatMap(({ homes }) =>
    homes.flatMap(({ solar }) => (solar !== undefined && 'weather' in solar ? [solar.weather] : [])),
  )
  if (plants.length === 0) return ''
  const files = [...new Set(plants)].join(', ')
  return `Solar of ${plants.length} ${plants.length === 1 ? 'home' : 'homes'} is computed by PVWatts 8 from weather (${files}), not measured. `
}

function homeTable(scenario: ScenarioView): Markup {
  return table(
    [
      { label: 'Home' },
      { label: 'Role', unit: 'assumed' },
      { label: 'Load' },
      { label: 'Solar', unit: 'kW', number: true },
      { label: 'Battery', unit: 'kWh, assumed', number: true },
      { label: 'Power', unit: 'kW', number: true },
      { label: 'Efficiency', unit: 'in × out', number: true },
      { label: 'Standby', unit: 'W', number: true },
      { label: 'Coupling' },
      { label: 'Ageing', unit: 'model' },
      { label: 'Strategy' },
    ],
    scenario.communities.flatMap(({ homes }) =>
      homes.map(({ label, role, load, solar, battery }) => [
        named(label),
        role,
        named(sourceText(load)),
        solarText(solar),
        ...(battery === undefined
          ? ['none', NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING]
          : [
              threeFigures(battery.capacityKwh),
              threeFigures(battery.powerKw),
              `${threeFigures(battery.chargeEfficiency)} × ${threeFigures(battery.dischargeEfficiency)}`,
              threeFigures(battery.standbyW),
              `${battery.coupling.toUpperCase()}${battery.losses === undefined ? '' : ', losses by power'}`,
              battery.ageing.replaceAll('_', ' '),
              battery.strategy.kind,
            ]),
      ]),
    ),
    { caption: 'The homes', id: 'homes' },
  )
}

export const assumptions: Section = {
  id: 'assumptions',
  title: 'Assumptions',
  render: ({ input }) => {
    const { scenario, results } = input
    const rows = [...tariffRows(scenario), ...otherRows(scenario)]
    const assumedBatteries = homesOf(results).filter(({ batteryKwh }) => batteryKwh > 0).length
    return markup`<p>Every number that the run did not compute. Graded <em>by its source</em> (the scenario says where it is from, or that it is an assumption) or <em>assumed</em> (the scenario’s author chose it); a published rate’s lines by A (read on the sheet), B (arithmetic on it) or C (assumed). ${assumedBatteries === 0 ? '' : 'No battery was measured: sizes and efficiencies are assumed. '}${computedSolar(scenario)}The complete scenario, every default filled in, is <code>scenario.resolved.yaml</code> beside this file.</p>
<p>The tariff is “${named(scenario.tariff.label)}” of ${scenario.tariff.year}. Its source: ${named(scenario.tariff.source)}.</p>
${publishedNote(scenario.tariff)}${table(
      [
        { label: 'What' },
        { label: 'Value', number: true },
        { label: 'Unit' },
        { label: 'Source' },
        { label: 'Year' },
        { label: 'Grade' },
      ],
      rows.map(({ what, value, unit, source, year, grade }) => [what, value, unit, source, year, grade]),
      { caption: 'Values', id: 'values' },
    )}
${homeTable(scenario)}
${table(
  [{ label: 'Input' }, { label: 'Source' }, { label: 'Licence' }, { label: 'Grade' }],
  input.manifest.inputs.map(({ name, source, licence }) => [
    named(name),
    named(source),
    licence,
    'measured or sourced',
  ]),
  { caption: 'Data', id: 'inputs' },
)}`
  },
}
