import { publishedTariff } from '../data/tariffs/registry.ts'
import { centsPerKwh, plural } from './number-format.ts'
import type { ExportView, ImportView, ScenarioView } from './scenario-view.ts'

/** What exports earn under today's rules: as the scenario says, else as a run takes it. */
export function todaysExport({ tariff, baselines, economics }: ScenarioView): ExportView {
  const netting = ['net-metering', 'net-metering-kwh', 'net-metering-credit'].includes(tariff.export.kind)
  const wholesale = baselines.wholesale.usdPerKwh ?? economics.avoidedSupplyUsdPerKwh
  return (
    baselines.today.export ?? (netting ? tariff.export : { kind: 'net-metering', excessUsdPerKwh: wholesale })
  )
}

const selling = (usdPerKwh: number | undefined): string =>
  usdPerKwh === undefined ? 'the sell rates of the tariff' : `${centsPerKwh(usdPerKwh)} a kWh`

/** What exports earn, as the end of a sentence. */
export function exportText(paid: ExportView): string {
  switch (paid.kind) {
    case 'flat':
      return `exports earning ${centsPerKwh(paid.usdPerKwh)} a kWh`
    case 'series':
      return `exports earning the price of their interval (${paid.column})`
    case 'net-metering':
      return `net metering (excess ${centsPerKwh(paid.excessUsdPerKwh)} a kWh)`
    case 'net-metering-kwh':
      return `net metering by the kWh, rolled over from month to month (${centsPerKwh(paid.yearEndUsdPerKwh)} a kWh for what is left at the true-up)`
    case 'net-metering-credit':
      return `net metering with dollar credits (${selling(paid.creditUsdPerKwh)} for what a month has left)`
    case 'net-billing':
      return `net billing (exports earn ${selling(paid.sellUsdPerKwh)})`
    case 'net-billing-carry':
      return `net billing with credits carried (exports earn ${selling(paid.sellUsdPerKwh)})`
    case 'value-stack':
      return `a value stack of ${plural(paid.components.length, 'component')}, ${centsPerKwh(paid.components.reduce((sum, { usdPerKwh }) => sum + usdPerKwh, 0))} a kWh, credited in dollars`
    case 'buy-all-sell-all':
      return `everything made sold at ${selling(paid.sellUsdPerKwh)}, everything used bought`
  }
}

/** What an import price is, as a value and its unit. */
export function importText(price: ImportView): readonly [value: string, unit: string] {
  switch (price.kind) {
    case 'flat':
      return [price.usdPerKwh.toPrecision(3), 'USD/kWh']
    case 'series':
      return [price.column, 'series, USD/kWh']
    case 'published':
      return [publishedTariff(price.name).label, 'published rate']
    case 'urdb':
      return [price.file, 'URDB rate']
    case 'rate':
      return [plural(price.periods.length, 'period'), 'of the scenario’s rate']
  }
}
