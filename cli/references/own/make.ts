/**
 * The project's own small references: two days of three made-up homes, for machines without the shared
 * data. Everything is computed in exact fractions of big integers and shares no code with the models, so
 * that it can disagree with them. `node cli/references/own/make.ts` writes the files again.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  asJson,
  atLeastZero,
  below,
  decimals,
  double,
  type Fraction,
  fraction,
  least,
  minus,
  over,
  plus,
  sum,
  times,
  ZERO,
} from './fraction.ts'
import { orderBookFile, shapleyFile } from './market.ts'

const ROWS = 48
const EXPORT_PRICE = fraction(5n, 100n)
const kwh = (milliWh: number): Fraction => fraction(BigInt(milliWh), 1_000_000n)
const price = (row: number): Fraction =>
  row % 24 >= 16 && row % 24 < 21 ? fraction(54n, 100n) : fraction(22n, 100n)

/** A restless load and a triangle of solar; the last home has hardly any solar. */
const HOMES = [91, 92, 93].map((home, at) => ({
  home,
  load: Array.from({ length: ROWS }, (_, row) => kwh(150_000 + ((row * 7919 + home * 104_729) % 997) * 1013)),
  solar: Array.from({ length: ROWS }, (_, row) =>
    kwh(Math.max(0, 6 - Math.abs((row % 24) - 12)) * [590_001, 410_003, 50_021][at]),
  ),
}))
type Home = (typeof HOMES)[number]

const BATTERIES = [
  { home: 91, capacity: [64n, 10n], power: [2n, 1n], eta: [95n, 100n] },
  { home: 92, capacity: [35n, 10n], power: [33n, 10n], eta: [9n, 10n] },
] as const

const COLUMNS = ['charge', 'discharge', 'energy_end', 'import', 'export'] as const

const costOf = (imports: readonly Fraction[], exports: readonly Fraction[]): Fraction =>
  sum(imports.map((part, row) => minus(times(part, price(row)), times(exports[row], EXPORT_PRICE))))

function greedy({ load, solar }: Home, { capacity, power, eta }: (typeof BATTERIES)[number]) {
  const rows: Record<(typeof COLUMNS)[number], Fraction>[] = []
  let energy = ZERO
  for (let row = 0; row < ROWS; row++) {
    const net = minus(solar[row], load[row])
    const charge = below(ZERO, net) ? least(net, power, over(minus(capacity, energy), eta)) : ZERO
    const discharge = below(ZERO, net) ? ZERO : least(minus(ZERO, net), power, times(energy, eta))
    energy = minus(plus(energy, times(charge, eta)), over(discharge, eta))
    const after = plus(minus(net, charge), discharge)
    rows.push({
      charge,
      discharge,
      energy_end: energy,
      import: atLeastZero(minus(ZERO, after)),
      export: atLeastZero(after),
    })
  }
  return rows
}

function dispatchFiles(battery: (typeof BATTERIES)[number]): [string, string][] {
  const home = HOMES.find((one) => one.home === battery.home) as Home
  const rows = greedy(home, battery)
  const column = (name: (typeof COLUMNS)[number]) => rows.map((row) => row[name])
  const nets = home.load.map((load, row) => minus(load, home.solar[row]))
  const json = {
    tool: 'own/make.ts, exact fractions',
    home: battery.home,
    dt_h: 1,
    capacity_kwh: double(battery.capacity),
    power_kw: double(battery.power),
    eta_one_way: double(battery.eta),
    initial_energy_kwh: 0,
    price: 'common.csv price_usd_per_kwh for import, 0.05 flat for export',
    cost_no_battery: double(
      costOf(
        nets.map(atLeastZero),
        nets.map((net) => atLeastZero(minus(ZERO, net))),
      ),
    ),
    cost_greedy: double(costOf(column('import'), column('export'))),
    greedy_totals: {
      charge: double(sum(column('charge'))),
      discharge: double(sum(column('discharge'))),
      import: double(sum(column('import'))),
      export: double(sum(column('export'))),
      end_energy: double(column('energy_end')[ROWS - 1]),
    },
    self_consumption_greedy: double(minus([1n, 1n], over(sum(column('export')), sum(home.solar)))),
    self_sufficiency_greedy: double(minus([1n, 1n], over(sum(column('import')), sum(home.load)))),
  }
  const lines = rows.map((row, at) => [at, ...COLUMNS.map((name) => decimals(row[name]))].join(','))
  const header = ['hour_index', ...COLUMNS.map((name) => `${name}_kwh`)].join(',')
  return [
    [`golden-dispatch/greedy_home${battery.home}.csv`, [header, ...lines, ''].join('\n')],
    [`golden-dispatch/dispatch_home${battery.home}.json`, asJson(json)],
  ]
}

/** What buyers pay and sellers get by the ratio R = S / D: `b s / ((b − s) R + s)` for the energy of the community. */
function ratioPrices(surplus: Fraction, deficit: Fraction, buy: Fraction): readonly [Fraction, Fraction] {
  if (!below(surplus, deficit)) return [EXPORT_PRICE, EXPORT_PRICE]
  const ratio = over(surplus, deficit)
  const sold = over(times(buy, EXPORT_PRICE), plus(times(minus(buy, EXPORT_PRICE), ratio), EXPORT_PRICE))
  return [plus(times(sold, ratio), times(buy, minus([1n, 1n], ratio))), sold]
}

/** All solar and no battery; the longer side is paid, or pays, a blended price. */
function communityFile(): [string, string] {
  const individual = HOMES.map(() => ZERO)
  const shared = HOMES.map(() => ZERO)
  const byRatio = HOMES.map(() => ZERO)
  let pooled = ZERO
  let traded = ZERO
  for (let row = 0; row < ROWS; row++) {
    const nets = HOMES.map(({ load, solar }) => minus(load[row], solar[row]))
    const deficit = sum(nets.map(atLeastZero))
    const surplus = sum(nets.map((net) => atLeastZero(minus(ZERO, net))))
    const dealt = least(deficit, surplus)
    const buy = price(row)
    const mid = over(plus(buy, EXPORT_PRICE), [2n, 1n])
    const bought = plus(times(mid, dealt), times(buy, minus(deficit, dealt)))
    const sold = plus(times(mid, dealt), times(EXPORT_PRICE, minus(surplus, dealt)))
    const [ratioBuy, ratioSell] = ratioPrices(surplus, deficit, buy)
    traded = plus(traded, dealt)
    pooled = plus(pooled, minus(bought, sold))
    nets.forEach((net, home) => {
      const buys = below(ZERO, net)
      individual[home] = plus(individual[home], times(net, buys ? buy : EXPORT_PRICE))
      if (net[0] !== 0n) {
        const rate = buys ? over(bought, deficit) : over(sold, surplus)
        shared[home] = plus(shared[home], times(net, rate))
        byRatio[home] = plus(byRatio[home], times(net, buys ? ratioBuy : ratioSell))
      }
    })
  }
  const byHome = (costs: readonly Fraction[]) =>
    Object.fromEntries(HOMES.map(({ home }, at) => [String(home), double(costs[at])]))
  const json = {
    tool: 'own/make.ts, exact fractions',
    homes: HOMES.map(({ home }) => home),
    batteries: 'none',
    import_price: 'common.csv price_usd_per_kwh',
    export_price: 0.05,
    sum_individual_cost: double(sum(individual)),
    pooled_cost: double(pooled),
    p2p_gain: double(minus(sum(individual), pooled)),
    traded_kwh: double(traded),
    mid_market_rate: { cost_by_home: byHome(shared), sum: double(sum(shared)) },
    supply_demand_ratio: { cost_by_home: byHome(byRatio), sum: double(sum(byRatio)) },
    individual_cost_by_home: byHome(individual),
  }
  return ['golden-dispatch/community_own3.json', asJson(json)]
}

const homeFile = ({ home, load, solar }: Home): [string, string] => [
  `homes-fontana-2016/home_${home}.csv`,
  ['load_kwh,pv_kwh', ...load.map((kwhs, row) => `${decimals(kwhs)},${decimals(solar[row])}`), ''].join('\n'),
]

/** Every file of the set, by its name in this folder. */
export function ownReferences(): Map<string, string> {
  const prices = ['price_usd_per_kwh', ...HOMES[0].load.map((_, row) => decimals(price(row))), ''].join('\n')
  return new Map([
    ...BATTERIES.flatMap(dispatchFiles),
    communityFile(),
    orderBookFile(),
    shapleyFile(
      HOMES.map(({ home }) => home),
      HOMES.map(({ load, solar }) => load.map((kwhs, row) => minus(kwhs, solar[row]))),
      HOMES[0].load.map((_, row) => price(row)),
      EXPORT_PRICE,
    ),
    ...HOMES.map(homeFile),
    ['homes-fontana-2016/common.csv', prices],
  ])
}

if (import.meta.main) {
  for (const [name, text] of ownReferences()) {
    const path = join(import.meta.dirname, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
