import { resolve } from 'node:path'
import type { TimeAxis } from '../data/axis.ts'
import { VppError } from '../data/errors.ts'
import { formatNamed } from '../data/formats/registry.ts'
import { type InputRecord, loadSeries } from '../data/profile.ts'
import { readTextFile } from '../data/read-text.ts'
import type { RuleBaseline } from '../data/run-files.ts'
import type { Rate } from '../models/tariff/rate/rate.ts'
import type { ExportRule, ImportRule, Scenario, Tariff } from '../scenarios/schema.ts'
import { held } from './environment.ts'
import { importRate } from './tariff-rate.ts'

/** Terms of one tariff with everything read that they name; what a worker makes plans of. */
export interface TariffTerms extends Pick<
  Tariff,
  | 'calendar'
  | 'fixedUsdPerMonth'
  | 'lowIncomeDiscountFraction'
  | 'lowIncomeCreditUsdPerMonth'
  | 'solarChargeUsdPerKwMonth'
  | 'peerDeliveryUsdPerKwh'
> {
  readonly export: ExportRule
  /** Null: a price for every interval, in `priceUsdPerKwh`. */
  readonly rate: Rate | null
  /** Import price of every interval of the run, USD/kWh; null: that of the rate. */
  readonly priceUsdPerKwh: Float64Array | null
  /** What every interval's export earns, USD/kWh; null: the export rule says. */
  readonly exportUsdPerKwh: Float64Array | null
}

/** The scenario's tariff, and those that it is compared with; a time-varying rate left out is made of the load. */
export interface ReadTariffs {
  readonly own: TariffTerms
  readonly baselines: Readonly<Record<Exclude<RuleBaseline, 'time-varying'>, TariffTerms>>
  readonly timeVarying: TariffTerms | null
}

/** Rules that net a month's exports with its imports. */
export const netsMonth = ({ kind }: ExportRule): boolean =>
  kind === 'net-metering' || kind === 'net-metering-kwh' || kind === 'net-metering-credit'

/** Today's rule for exports, where the scenario does not say: the tariff's own if it nets a month. */
export function todaysExport({ tariff, baselines, economics }: TariffPart): ExportRule {
  const wholesale = baselines.wholesale.usdPerKwh ?? economics.avoidedSupplyUsdPerKwh
  return (
    baselines.today.export ??
    (netsMonth(tariff.export) ? tariff.export : { kind: 'net-metering', excessUsdPerKwh: wholesale })
  )
}

/** What of a scenario decides its tariffs. */
export type TariffPart = Pick<Scenario, 'tariff' | 'baselines' | 'economics'>

/** Reads the files and series of every tariff that a run needs; what was read is added to `inputs`. */
export function readTariffs(
  scenario: TariffPart,
  baseDir: string,
  axis: TimeAxis,
  inputs: Map<string, InputRecord>,
): ReadTariffs {
  const { tariff, baselines, economics } = scenario
  const terms = (
    rules: { import?: ImportRule; export: ExportRule; solarCharge?: number },
    place: string,
  ): TariffTerms => {
    const rule = rules.import ?? tariff.import
    const rate = importRate(rule, baseDir, inputs)
    if (rate === null && !['flat', 'net-metering', 'series'].includes(rules.export.kind))
      throw new VppError('invalid', {
        place: `${place}.export.kind`,
        problem: `is ${rules.export.kind} beside a price series`,
        fix: 'a price for every interval goes with flat, net-metering or series',
      })
    const read = (column: string, part: string) => {
      const series = loadSeries(column)
      inputs.set(series.input.name, series.input)
      return held(series.axis, series.values, axis, `${place}.${part} (${column})`)
    }
    return {
      calendar: tariff.calendar,
      fixedUsdPerMonth: tariff.fixedUsdPerMonth,
      lowIncomeDiscountFraction: tariff.lowIncomeDiscountFraction,
      lowIncomeCreditUsdPerMonth: tariff.lowIncomeCreditUsdPerMonth,
      solarChargeUsdPerKwMonth: rules.solarCharge ?? tariff.solarChargeUsdPerKwMonth,
      peerDeliveryUsdPerKwh: tariff.peerDeliveryUsdPerKwh,
      export: rules.export,
      rate,
      priceUsdPerKwh: rule.kind === 'series' ? read(rule.column, 'import') : null,
      exportUsdPerKwh: rules.export.kind === 'series' ? read(rules.export.column, 'export') : null,
    }
  }
  const today = todaysExport(scenario)
  const { wholesale, timeVarying } = baselines
  const solarCharge = baselines.today.solarChargeUsdPerKwMonth
  const flat: ExportRule = {
    kind: 'flat',
    usdPerKwh: wholesale.usdPerKwh ?? economics.avoidedSupplyUsdPerKwh,
  }
  const withoutNetting = terms({ export: flat, solarCharge: 0 }, 'baselines.wholesale')
  return {
    own: terms({ export: tariff.export }, 'tariff'),
    baselines: {
      today: terms(
        { export: today, ...(solarCharge === undefined ? {} : { solarCharge }) },
        'baselines.today',
      ),
      wholesale:
        wholesale.file === undefined
          ? withoutNetting
          : {
              ...withoutNetting,
              exportUsdPerKwh: wholesaleFile(wholesale.file, wholesale, baseDir, axis, inputs),
            },
    },
    timeVarying:
      timeVarying.import === undefined
        ? null
        : terms(
            { import: timeVarying.import, export: timeVarying.export ?? todaysByTheHour(today) },
            'baselines.timeVarying',
          ),
  }
}

/** Net metering under a rate by the hour: each kWh at the price of its own hour, what is left as today. */
export const todaysByTheHour = (today: ExportRule): ExportRule => ({
  kind: 'net-metering',
  excessUsdPerKwh:
    today.kind === 'net-metering'
      ? today.excessUsdPerKwh
      : today.kind === 'net-metering-credit'
        ? (today.creditUsdPerKwh ?? 0)
        : today.kind === 'net-metering-kwh'
          ? today.yearEndUsdPerKwh
          : 0,
})

function wholesaleFile(
  file: string,
  { format, zone }: Scenario['baselines']['wholesale'],
  baseDir: string,
  axis: TimeAxis,
  inputs: Map<string, InputRecord>,
): Float64Array {
  const { text, sha256 } = readTextFile(
    resolve(baseDir, file),
    file,
    'give a path relative to the scenario’s folder',
  )
  const { frame } = formatNamed(format).parse(text, { name: file, ...(zone === undefined ? {} : { zone }) })
  const { priceUsdPerKwh } = frame.columns
  if (priceUsdPerKwh === undefined)
    throw new VppError('invalid', {
      place: file,
      problem: `has no price; its columns are ${Object.keys(frame.columns).join(', ')}`,
      fix: 'give a file of prices',
    })
  inputs.set(file, { name: file, sha256, source: 'price file of the scenario', licence: 'of its owner' })
  return held(frame.axis, priceUsdPerKwh, axis, `baselines.wholesale.file (${file})`)
}
