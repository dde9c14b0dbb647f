/**
 * Runs one neighborhood and prints what it took as JSON: `node bench/neighborhood-run.ts HOMES DAYS piped|own`.
 */
import { batteriesOf } from '../sim/accounts.ts'
import { CommunityEngine } from '../sim/engine.ts'
import { PipedLedger } from '../sim/ledger-thread/piped-ledger.ts'
import { neighborhood } from './neighborhood.ts'

/** Of the run itself: reading data and making the community are not in it. */
export interface NeighborhoodRun {
  readonly agentSteps: number
  readonly operations: number
  readonly wallSeconds: number
  /** Processor time of the engine's thread, and of all others: the ledger's, the compiler's, the collector's. */
  readonly engineSeconds: number
  readonly otherSeconds: number
  readonly head: string
  readonly stateHash: string
  /** Most memory that the process had, and by the end of each tenth of the run. */
  readonly megabytes: number
  readonly megabytesByTenth: readonly number[]
}

const [homes, days] = process.argv.slice(2, 4).map(Number)
const { area, scenario } = neighborhood(homes, days)
const megabytesByTenth: number[] = []
const tokens =
  process.argv[4] === 'piped' ? new PipedLedger(batteriesOf(area), { journal: null, store: null }) : null
let day = 0
const engine = new CommunityEngine(area, scenario, {
  figuresOnly: true,
  onDay: () => {
    day++
    if (Math.floor((day * 10) / days) > megabytesByTenth.length)
      megabytesByTenth.push(process.memoryUsage().rss / 1e6)
    return true
  },
  ...(tokens === null ? {} : { tokens }),
})
const process0 = process.cpuUsage()
const thread0 = process.threadCpuUsage()
const started = performance.now()
const { result } = engine.run()
const wallSeconds = (performance.now() - started) / 1000
const all = process.cpuUsage(process0)
const own = process.threadCpuUsage(thread0)
const engineSeconds = (own.user + own.system) / 1e6
const { ledger } = result
if (ledger === undefined) throw new Error('tokens were off')
const run: NeighborhoodRun = {
  agentSteps: homes * area.axis.count * scenario.period.years,
  operations: ledger.operations,
  wallSeconds,
  engineSeconds,
  otherSeconds: (all.user + all.system) / 1e6 - engineSeconds,
  head: ledger.head,
  stateHash: ledger.stateHash,
  megabytes: process.resourceUsage().maxRSS / 1024,
  megabytesByTenth,
}
process.stdout.write(JSON.stringify(run))
await tokens?.close()
