import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { FABRIC_VERSION } from '../../ledger/fabric/network/binaries.ts'
import { bench, type BenchResult, type Measured, median } from '../../ledger/fabric/measure/bench.ts'
import { print, printJson, say } from '../output.ts'

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')

/** What was measured elsewhere, on a quiet machine of two cores (a contract that checked nothing but double minting). */
const BARE_ELSEWHERE = { packed: '23,721 to 29,735 lots/s', single: '144 transactions/s' }

function row({ name, unit, ours, bare, latencyMs }: Measured, wanted: string): string {
  const [mine, theirs] = [median(ours), median(bare)]
  const ratio = median(ours.map((value, at) => value / bare[at]))
  const { p50, p95, p99 } = latencyMs
  const elsewhere = name === 'packed' ? BARE_ELSEWHERE.packed : BARE_ELSEWHERE.single
  return `| ${name} | ${whole(mine)} ${unit} | ${whole(theirs)} | ${ratio.toFixed(2)} | ${wanted} | ${whole(p50)} / ${whole(p95)} / ${whole(p99)} ms | ${elsewhere} |`
}

/** The page that `bench/fabric.md` is. */
function page(result: BenchResult): string {
  const { packed, single, burstMs, usage, retries } = result
  const used = Object.entries(usage).map(
    ([name, { cpuSeconds, memoryMb }]) =>
      `| ${name} | ${(cpuSeconds * 1000).toFixed(1)} | ${whole(memoryMb)} |`,
  )
  const retried = Object.entries(retries).map(([why, count]) => `${count} × ${why}`)
  return [
    '# The ledger on Fabric, measured',
    '',
    `\`vpp fabric bench --out bench/fabric.md\`; Fabric ${FABRIC_VERSION}, one orderer, two peers with a chaincode each, endorsed by both (AND),`,
    `everything with the client on ${availableParallelism()} cores (${cpus()[0].model.trim()}; load average ${loadavg()[0].toFixed(1)} at the end). Ours and a bare contract,`,
    'which checks nothing but that a key is new, take turns in the same chaincode process; medians of the turns, ratio of neighbors.',
    '',
    '| load | ours | bare | ratio | wanted | latency p50 / p95 / p99 | bare, measured on a quiet machine |',
    '|---|---|---|---|---|---|---|',
    row(packed, '≥ 0.6'),
    row(single, '≥ 0.7'),
    '',
    'Packed: 1,000 lots of a tick in a transaction, eight communities at once, 256 rows a key. Single: one lot a transaction, 128 in',
    'flight, a row a key. The bare contract writes 100 lots a key, or one.',
    '',
    `Burst of a tick of 1,000 assets, sent to committed: median ${whole(median(burstMs))} ms, slowest of ${burstMs.length} ${whole(Math.max(...burstMs))} ms (wanted: under 1,000).`,
    `Tried again while packing: ${retried.length === 0 ? 'nothing' : retried.join(', ')} (a peer that is a block behind endorses another state).`,
    '',
    '| process | CPU for 1,000 packed lots, ms | memory, MB |',
    '|---|---|---|',
    ...used,
    '',
  ].join('\n')
}

/** `vpp fabric bench`: on a network of its own, which is gone afterwards. */
export async function measure(
  binaries: string | undefined,
  rounds: number,
  out: string | undefined,
  json: boolean,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vpp-fabric-bench-'))
  try {
    const dir = join(folder, 'network')
    const result = await bench({ dir, rounds, ...(binaries === undefined ? {} : { binaries }) }, say)
    if (json) printJson({ format: 1, ...result })
    else print(page(result))
    if (out !== undefined) writeFileSync(out, page(result))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
