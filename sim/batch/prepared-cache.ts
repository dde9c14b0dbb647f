import { canonicalHash } from '../../scenarios/canonical.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { prepare, type Prepared } from '../prepare.ts'

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
    communities,
    ...rest
  } = scenario
  const homesWithout = communities.map(({ homes, ...community }) => ({
    ...community,
    homes: homes.map((home) => ({ ...home, battery: undefined })),
  }))
  return { ...rest, communities: homesWithout } as Scenario
}

/** Reads each data set of a batch once. */
export class PreparedCache {
  readonly #kept = new Map<string, Prepared>()

  /** As `prepare`, with the communities of this scenario. @throws VppError('invalid') */
  get(scenario: Scenario, baseDir: string): Prepared {
    // Only what the key holds is there to be read, so that the key cannot be too short.
    const data = dataPart(scenario)
    const key = canonicalHash([data, baseDir])
    const prepared = this.#kept.get(key) ?? prepare(data, baseDir)
    this.#kept.delete(key)
    this.#kept.set(key, prepared)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT) this.#kept.delete(oldest)
    const communities = prepared.communities.map((one, at) => ({
      ...one,
      community: scenario.communities[at],
    }))
    return { ...prepared, communities }
  }
}
