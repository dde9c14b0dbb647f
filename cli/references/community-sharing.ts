import { z } from 'zod'
import { VppError } from '../../data/errors.ts'
import { filesMatching, readJson, sameLength } from './files.ts'
import { homeNumber, readHome, readImportPrice } from './homes.ts'
import { type Check, checksOf, type ReferenceFamily } from './reference.ts'
import { settleCommunity, type Shared } from './settle-community.ts'

const FOLDER = 'golden-dispatch'
const KWH = 1e-6
const USD = 1e-6

const byHome = z.record(z.string(), z.number())
const shape = z.object({
  tool: z.string().default('unnamed'),
  homes: z.array(z.number().int().min(0)).min(1),
  batteries: z.string(),
  import_price: z.union([z.string(), z.number()]).transform(String),
  export_price: z.number().min(0),
  sum_individual_cost: z.number(),
  pooled_cost: z.number(),
  p2p_gain: z.number(),
  traded_kwh: z.number(),
  mid_market_rate: z.object({ cost_by_home: byHome, sum: z.number() }),
  supply_demand_ratio: z.object({ cost_by_home: byHome, sum: z.number() }).optional(),
  individual_cost_by_home: byHome,
})

const total = (values: Float64Array): number => values.reduce((all, value) => all + value, 0)

function check(dir: string, name: string): Check[] {
  const file = `${FOLDER}/${name}`
  const reference = readJson(dir, file, shape)
  if (reference.batteries !== 'none') {
    throw new VppError('invalid', {
      place: `${file}  batteries`,
      problem: `is ${JSON.stringify(reference.batteries)}`,
      fix: 'sharing references are without batteries: none',
    })
  }
  const homes = reference.homes.map((home) => readHome(dir, homeNumber(home)))
  for (const home of homes) sameLength(home.file, home.loadKwh.length, homes[0].file, homes[0].loadKwh.length)
  const price = readImportPrice(dir, file, reference.import_price, homes[0])
  const ours = settleCommunity(homes, price, reference.export_price)

  const theirs = (column: Record<string, number>, key: string) =>
    reference.homes.map((home) => {
      if (String(home) in column) return column[home]
      throw new VppError('invalid', {
        place: `${file}  ${key}`,
        problem: `has no home ${home}`,
        fix: 'list every home',
      })
    })
  const individual = theirs(reference.individual_cost_by_home, 'individual_cost_by_home')
  const one = checksOf(file, reference.tool)
  const each = (what: string, values: ArrayLike<number>, expected: number[]) =>
    reference.homes.map((home, at) =>
      one(`${what}, home ${homeNumber(home)}`, 'USD', USD, Math.abs(values[at] - expected[at])),
    )
  const shared = (
    what: string,
    { blendedUsd, settledUsd, settlements, leftOverMicroUsd }: Shared,
    expected: number[],
    sum: number,
  ): Check[] => [
    one(`sum of ${what} costs`, 'USD', USD, Math.abs(total(blendedUsd) - sum)),
    ...each(`${what} cost`, blendedUsd, expected),
    one(
      `${what} cost, settled, per trade`,
      'USD',
      USD,
      Math.max(...expected.map((usd, at) => Math.abs(settledUsd[at] - usd) / Math.max(1, settlements[at]))),
    ),
    one(`${what} payments, left over`, 'USD', 0, Math.abs(leftOverMicroUsd) / 1e6),
  ]
  const { mid_market_rate: mid, supply_demand_ratio: ratio } = reference
  return [
    one('traded energy', 'kWh', KWH, Math.abs(ours.tradedKwh - reference.traded_kwh)),
    one('pooled cost', 'USD', USD, Math.abs(ours.pooledUsd - reference.pooled_cost)),
    one(
      'sum of individual costs',
      'USD',
      USD,
      Math.abs(ours.sumIndividualUsd - reference.sum_individual_cost),
    ),
    one('gain from sharing', 'USD', USD, Math.abs(ours.gainUsd - reference.p2p_gain)),
    ...each('individual cost', ours.individualUsd, individual),
    ...shared(
      'mid-market',
      ours.midMarket,
      theirs(mid.cost_by_home, 'mid_market_rate.cost_by_home'),
      mid.sum,
    ),
    ...(ratio === undefined
      ? []
      : shared(
          'supply-demand-ratio',
          ours.supplyDemandRatio,
          theirs(ratio.cost_by_home, 'supply_demand_ratio.cost_by_home'),
          ratio.sum,
        )),
  ]
}

/** Sharing in a community without batteries, pooled, at the mid-market rate and by supply-demand ratio: `community_*.json`. */
export const communitySharing: ReferenceFamily = {
  id: 'community-sharing',
  find: (dir) => filesMatching(`${dir}/${FOLDER}`, /^community_.+\.json$/),
  check,
}
