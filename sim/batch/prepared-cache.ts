import { canonicalHash } from '../../scenarios/canonical.ts'
import type { Scenario } from '../../scenarios/schema.ts'
import { prepare, type Prepared } from '../prepare.ts'

/** Prepared data kept at once: a batch goes through few data sets, and a large one fills the memory. */
const KEPT = 4

/**
 * What `prepare` reads depends on no more than this. Sections that never name data are left out one by one, so
 * that a section that is new counts as data until somebody looks.
 */
function dataKey(scenario: Scenario, baseDir: string): string {
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
    economics: _10,
    comparison: _11,
    disaggregation: _12,
    communities,
    ...rest
  } = scenario
  const data = communities.map(({ homes, ...community }) => ({
    ...community,
    homes: homes.map((home) => ({ ...home, battery: home.battery !== undefined })),
  }))
  return canonicalHash([rest, data, baseDir])
}

/** Reads each data set of a batch once. */
export class PreparedCache {
  readonly #kept = new Map<string, Prepared>()

  /** As `prepare`, with the communities of this scenario. @throws VppError('invalid') */
  get(scenario: Scenario, baseDir: string): Prepared {
    const key = dataKey(scenario, baseDir)
    const known = this.#kept.get(key)
    const prepared = known ?? prepare(scenario, baseDir)
    this.#kept.delete(key)
    this.#kept.set(key, prepared)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > KEPT) this.#kept.delete(oldest)
    if (known === undefined) return prepared
    const communities = prepared.communities.map((one, at) => ({
      ...one,
      community: scenario.communities[at],
    }))
    return { ...prepared, communities }
  }
}
