import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { poolingCosts, shapleyValues } from '../../models/fairness/shapley.ts'
import { filesMatching, readJson, sameLength } from './files.ts'
import { homeNumber, readHome, readImportPrice } from './homes.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-market'
const USD = 1e-6
/** 2^20 coalitions are counted in seconds. */
const MOST_HOMES = 20
const byHome = z.record(z.string(), z.number())
const shape = z.object({
  tool: z.string().default('unnamed'),
  game: z.string(),
  homes: z.array(z.number().int().min(0)).min(1).max(MOST_HOMES),
  rows: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
  shapley_cost: byHome,
  stand_alone_cost: byHome,
  grand_coalition_cost: z.number(),
})

/** The export price, which the game's rule names as a number: `max(-net,0)*0.05`. */
function exportPrice(file: string, game: string): number {
  const named = /max\(-net,\s*0\)\s*\*\s*([\d.]+)/.exec(game)?.[1]
  if (named !== undefined) return Number(named)
  throw new VppError('invalid', {
    place: `${file}  game`,
    problem: `names no export price: ${JSON.stringify(game)}`,
    fix: 'write the rule as max(net,0)*buy - max(-net,0)*PRICE',
  })
}

/** Where the buying price is from: `buy from common.csv` is its price, `buy = 0.2` one number. */
const importPrice = (game: string): string =>
  /buy\s*=\s*([\d.]+)/.exec(game)?.[1] ??
  `common.csv ${/common\.csv (\w+_usd_per_kwh)/.exec(game)?.[1] ?? 'price_usd_per_kwh'}`

function check(dir: string, name: string): Check[] {
  const file = `${FOLDER}/${name}`
  const reference = readJson(dir, file, shape)
  const [from, to] = reference.rows
  const homes = reference.homes.map((home) => readHome(dir, homeNumber(home)))
  for (const home of homes) sameLength(home.file, home.loadKwh.length, homes[0].file, homes[0].loadKwh.length)
  if (from >= to || to > homes[0].loadKwh.length) {
    throw new VppError('invalid', {
      place: `${file}  rows`,
      problem: `is ${from} to ${to}; the homes have ${homes[0].loadKwh.length} rows`,
      fix: 'give the first row and the one after the last',
    })
  }
  const buy = readImportPrice(dir, file, importPrice(reference.game), homes[0]).slice(from, to)
  const sell = new Float64Array(buy.length).fill(exportPrice(file, reference.game))
  const nets = homes.map(({ loadKwh, solarKwh }) =>
    loadKwh.slice(from, to).map((load, row) => load - solarKwh[from + row]),
  )
  const costs = poolingCosts(nets, buy, sell)
  const shares = shapleyValues(homes.length, costs)
  const one = checksOf(file, reference.tool)
  const deviation = (column: Record<string, number>, key: string, ours: (at: number) => number) =>
    Math.max(
      ...reference.homes.map((home, at) => {
        if (String(home) in column) return Math.abs(ours(at) - column[home])
        throw new VppError('invalid', {
          place: `${file}  ${key}`,
          problem: `has no home ${home}`,
          fix: 'list every home',
        })
      }),
    )
  const grand = costs[costs.length - 1]
  return [
    one(
      'Shapley cost, any home',
      'USD',
      USD,
      deviation(reference.shapley_cost, 'shapley_cost', (at) => shares[at]),
    ),
    one(
      'stand-alone cost, any home',
      'USD',
      USD,
      deviation(reference.stand_alone_cost, 'stand_alone_cost', (at) => costs[1 << at]),
    ),
    one('grand coalition cost', 'USD', USD, Math.abs(grand - reference.grand_coalition_cost)),
    one(
      'Shapley costs, sum',
      'USD',
      USD,
      Math.abs(shares.reduce((sum, share) => sum + share, 0) - reference.grand_coalition_cost),
    ),
  ]
}

/** Shapley values of pooled meters by brute force: `shapley_*.json`. */
export const shapleyReferences: ReferenceFamily = {
  id: 'shapley',
  find: (dir) => filesMatching(`${dir}/${FOLDER}`, /^shapley.*\.json$/),
  check,
}
