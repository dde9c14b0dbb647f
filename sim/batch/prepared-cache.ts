import { canonicalHash } from '../../scenarios/canonical.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { type Prepared, prepareHomes, type PreparedHomes, withTariffs } from '../prepare.ts'
import type { TariffPart } from '../tariffs.ts'

/** Prepared data kept at once: a batch goes through few data sets, and a large one fills the memory. */
const KEPT = 4

/**
 * What of a scenario can decide what data are read. What never does is left out one by one, so that a section that
 * is new counts until somebody looks.
 */
function dataPart(scenario: Scenario): Scenario {
  const {
    name: _1,
    title: _2,
    question: _3,
    description: _4,
    seed: _5,
    market: _6,
    ledger: _7,
    burn: _8,
    telemetry: _9,
    comparison: _10,
    disaggregation: _11,
    viability: _12,
    whatIf: _13,
    tariff: _14,
    baselines: _15,
    economics: _16,
    communities,
    ...rest
  } = scenario
  const homesWithout = communities.map(({ homes, ...community }) => ({
    ...community,
    homes: homes.map((home) => ({ ...home, battery: undefined })),
  }))
  return { ...rest, communities: homesWithout } as Scenario
}

/** The few things that a batch asked for last. */
class Recent<Value> {
  readonly #kept = new Map<string, Value>()

  get(key: string, make: () => Value): Value {
    const value = this.#kept.get(key) ?? make()
    this.#kept.delete(key)
    this.#kept.set(key, value)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT) this.#kept.delete(oldest)
    return value
  }
}

/** Reads each data set of a batch once, and each tariff. */
export class PreparedCache {
  readonly #homes = new Recent<PreparedHomes>()
  readonly #whole = new Recent<Prepared>()

  /** As `prepare`, with the communities of this scenario. @throws VppError('invalid') */
  get(scenario: Scenario, baseDir: string): Prepared {
    // Only what a key holds is there to be read, so that no key can be too short.
    const data = dataPart(scenario)
    const key = canonicalHash([data, baseDir])
    const homes = this.#homes.get(key, () => prepareHomes(data, baseDir))
    const { tariff, baselines, economics } = scenario
    const prices: TariffPart = { tariff, baselines, economics }
    const prepared = this.#whole.get(`${key} ${canonicalHash(prices)}`, () =>
      withTariffs(homes, prices, baseDir),
    )
    const communities = prepared.communities.map((one, at) => ({
      ...one,
      community: scenario.communities[at],
    }))
    return { ...prepared, communities }
  }
}
