import { existsSync } from 'node:fs'
import { VppError } from '../../data/errors.ts'
import type { PublishedTariff } from '../../data/tariffs/published.ts'
import { PUBLISHED_NAMES, publishedTariff, type PublishedName } from '../../data/tariffs/registry.ts'
import { didYouMean } from '../../scenarios/nearest.ts'
import type { Tariff } from '../../scenarios/schema.ts'
import { tariff as tariffSchema } from '../../scenarios/schema-tariff.ts'

/** What a state's rules bring beside its rates; a place without any has nothing but what it is told. */
export interface StateRules {
  readonly zone: string | null
  readonly deliveryUsdPerKwh: number
  readonly carbon: {
    readonly marginalKgPerKwh: number | null
    readonly averageKgPerKwh: number | null
    readonly source: string
  }
  readonly incentives: readonly string[]
  readonly legal: string
  /** Said beside the answer. */
  readonly notes: readonly string[]
}

const POUND_KG = 0.453_592_37
const LB_SOURCE = 'AVERT 2023, hourly mean (marginal); eGRID2023 (average), from public copies'

const MASSACHUSETTS: Omit<StateRules, 'deliveryUsdPerKwh'> = {
  zone: 'America/New_York',
  carbon: {
    marginalKgPerKwh: (1066 * POUND_KG) / 1000,
    averageKgPerKwh: (543.2 * POUND_KG) / 1000,
    source: LB_SOURCE,
  },
  incentives: ['federal-25d', 'ma-state-credit', 'smart-3', 'connected-solutions'],
  legal:
    'In Massachusetts neighbors cannot sell electricity to each other at retail today. A host may assign net-metering credits to other customers of the same company (G.L. c. 164 § 139(a)(1)): ask counsel. What is shown is what a trade would be worth if it were allowed.',
  notes: [],
}

const NEW_YORK: Omit<StateRules, 'deliveryUsdPerKwh'> = {
  zone: 'America/New_York',
  carbon: {
    marginalKgPerKwh: (1056 * POUND_KG) / 1000,
    averageKgPerKwh: (242.8 * POUND_KG) / 1000,
    source: LB_SOURCE,
  },
  incentives: ['federal-25d'],
  legal:
    'In New York only utilities and retail providers may buy and sell energy (press, 2019). What is shown is what a trade would be worth if it were allowed.',
  notes: ['New York’s own programs for solar and batteries were not verified and are not in it.'],
}

const ELSEWHERE: Omit<StateRules, 'deliveryUsdPerKwh'> = {
  zone: null,
  carbon: {
    marginalKgPerKwh: null,
    averageKgPerKwh: null,
    source: 'give --carbon-marginal and --carbon-average',
  },
  incentives: ['federal-25d'],
  legal: 'Whether neighbors may sell electricity to each other here was not looked up.',
  notes: ['Local programs are not known here and not in it.'],
}

export interface TariffOptions {
  readonly tariff: string
  readonly tariffItem?: string | undefined
  readonly export?: string | undefined
  readonly exportUsd?: number | undefined
  readonly fixedUsdPerMonth?: number | undefined
}

export const EXPORT_RULES = [
  'net-metering',
  'net-metering-kwh',
  'net-metering-credit',
  'net-billing',
  'buy-all-sell-all',
] as const

const CREDITED = /^(basic service|distribution|transmission|transition)/

/** Mean over the year of the lines that a pattern takes, USD/kWh. */
function linesOf({ price }: PublishedTariff, takes: (label: string) => boolean): number {
  if (!('lines' in price)) return 0
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const sum = price.lines
    .filter(({ label }) => takes(label))
    .reduce((all, { usdPerKwh }) => all + mean(usdPerKwh), 0)
  return Math.round(sum * 1e6) / 1e6
}

/** A tariff from its name, a URDB file or a price, with the rules of its state. */
export function chosenTariff(options: TariffOptions): { tariff: Tariff; rules: StateRules } {
  const { tariff: name, fixedUsdPerMonth } = options
  const published = PUBLISHED_NAMES.find((known) => known === name)
  if (published !== undefined) return publishedRules(published, options)
  const price = Number(name)
  const common = { year: 2026, fixedUsdPerMonth: fixedUsdPerMonth ?? 0 }
  const rules = { ...ELSEWHERE, deliveryUsdPerKwh: 0 }
  if (name.trim() !== '' && Number.isFinite(price))
    return {
      rules,
      tariff: parsed({
        ...common,
        label: `One price, ${price} USD/kWh`,
        source: 'given',
        import: { kind: 'flat', usdPerKwh: price },
        export: exportRule(options),
      }),
    }
  if (!existsSync(name))
    throw new VppError('usage', {
      place: `--tariff ${name}`,
      problem: 'is no published rate, no file and no price',
      fix:
        didYouMean(name, PUBLISHED_NAMES) || `use ${PUBLISHED_NAMES.join(', ')}, a URDB file, or USD per kWh`,
    })
  return {
    rules,
    tariff: parsed({
      ...common,
      label: options.tariffItem ?? name.split(/[/\\]/).at(-1)!,
      source: 'URDB file that was given',
      import: {
        kind: 'urdb',
        file: name,
        ...(options.tariffItem === undefined ? {} : { item: options.tariffItem }),
      },
      export: exportRule(options),
    }),
  }
}

function publishedRules(name: PublishedName, options: TariffOptions): { tariff: Tariff; rules: StateRules } {
  const sheet = publishedTariff(name)
  const told = options.export === undefined && options.exportUsd === undefined ? null : exportRule(options)
  const common = {
    label: sheet.label,
    source: `${sheet.source}, ${sheet.date}`.slice(0, 500),
    year: 2025,
    import: { kind: 'published', name },
    fixedUsdPerMonth: options.fixedUsdPerMonth ?? 0,
  }
  if (name.startsWith('ma-')) {
    const deliveryUsdPerKwh = linesOf(sheet, (label) => !label.startsWith('basic service'))
    const credit = linesOf(sheet, (label) => CREDITED.test(label))
    return {
      rules: { ...MASSACHUSETTS, deliveryUsdPerKwh },
      tariff: parsed({
        ...common,
        export: told ?? { kind: 'net-metering-credit', creditUsdPerKwh: credit },
        lowIncomeDiscountFraction: 0.32,
        peerDeliveryUsdPerKwh: deliveryUsdPerKwh,
      }),
    }
  }
  const notOffered = sheet.notOffered === undefined ? [] : [`The rate is ${sheet.notOffered}.`]
  // Delivery lines of SC-1 over the year; the sheet of a study does not divide its prices.
  const deliveryUsdPerKwh = 0.0883
  return {
    rules: { ...NEW_YORK, deliveryUsdPerKwh, notes: [...NEW_YORK.notes, ...notOffered] },
    tariff: parsed({
      ...common,
      export: told ?? { kind: 'net-metering-kwh', yearEndUsdPerKwh: 0.0744, trueUpMonth: 7 },
      solarChargeUsdPerKwMonth: told === null ? 0.97 : 0,
      lowIncomeCreditUsdPerMonth: 5,
      peerDeliveryUsdPerKwh: deliveryUsdPerKwh,
    }),
  }
}

/** The export rule that was told; a price alone is net billing at it. */
function exportRule({ export: kind, exportUsd }: TariffOptions): unknown {
  switch (kind ?? (exportUsd === undefined ? undefined : 'net-billing')) {
    case 'net-metering':
      return { kind: 'net-metering', excessUsdPerKwh: exportUsd ?? 0 }
    case 'net-metering-kwh':
      return { kind: 'net-metering-kwh', yearEndUsdPerKwh: exportUsd ?? 0 }
    case 'net-metering-credit':
      return {
        kind: 'net-metering-credit',
        ...(exportUsd === undefined ? {} : { creditUsdPerKwh: exportUsd }),
      }
    case 'net-billing':
      return { kind: 'net-billing', ...(exportUsd === undefined ? {} : { sellUsdPerKwh: exportUsd }) }
    case 'buy-all-sell-all':
      return { kind: 'buy-all-sell-all', ...(exportUsd === undefined ? {} : { sellUsdPerKwh: exportUsd }) }
    default:
      throw new VppError('usage', {
        place: '--export',
        problem: 'is not given, and this tariff does not say what exports earn',
        fix: `give --export ${EXPORT_RULES.join('|')}, with --export-usd where it has a price`,
      })
  }
}

function parsed(value: unknown): Tariff {
  const result = tariffSchema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new VppError('usage', {
    place: `tariff ${issue.path.join('.')}`,
    problem: issue.message,
    fix: '`vpp size --help` tells the options',
  })
}
