import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { loadScenario } from '../../scenarios/load.ts'
import { communityEngine } from '../../sim/community-engine.ts'
import { tensorflowTrainer } from '../../sim/forecast/tensorflow.ts'
import { prepare } from '../../sim/prepare.ts'
import { median, type Row, short } from './row.ts'

const ROUNDS = 5

interface Peer {
  readonly name: string
  readonly script: string
  /** Names a python3 that can import it. */
  readonly variable: string
  readonly least: number
  /** Where it is not installed: the lowest figure that was measured for this project, seconds for a home and step. */
  readonly knownSeconds: number
}

const PEERS: readonly Peer[] = [
  { name: 'gsy-e', script: 'peers_gsy.py', variable: 'BENCH_GSY_PYTHON', least: 10_000, knownSeconds: 0.141 },
  {
    name: 'CityLearn',
    script: 'peers_citylearn.py',
    variable: 'BENCH_CITYLEARN_PYTHON',
    least: 100,
    knownSeconds: 0.56e-3,
  },
]

/** Processor time of one home and hour with tokens, burn, ledger and hash chain: the default neighborhood's year by the hour. */
async function ourSeconds(): Promise<number> {
  const { scenario, path } = loadScenario('first-neighborhood')
  scenario.settlementMinutes = 60
  // The table of other strategies and mechanisms would be work that the others do not do.
  scenario.comparison.strategies = []
  scenario.market.compareMechanisms = false
  const prepared = prepare(scenario, dirname(path))
  const before = process.cpuUsage()
  const { engine } = await communityEngine(
    scenario,
    prepared.communities[0],
    prepared.axis,
    tensorflowTrainer(),
    {},
  )
  engine.run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6 / (prepared.communities[0].homes.length * prepared.axis.count)
}

interface Measured {
  readonly what: string
  readonly secondsPerAgentStep: number
}

function measure({ script, variable, knownSeconds }: Peer): Measured {
  const python = process.env[variable]
  if (python === undefined) {
    const what = `not installed here (\`${variable}\` names a python3 that has it): the lowest figure of an earlier measurement on such a machine`
    return { what, secondsPerAgentStep: knownSeconds }
  }
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, '..', script)], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${script} failed: ${stderr}`)
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Measured
}

/** Simulators that others use, on comparable work. */
export const peers: Row = {
  id: 'peers',
  title: 'Against gsy-e and CityLearn on comparable work, tokens on',
  target: 'at least 10,000 × and 100 ×',
  async measure() {
    const seconds: number[] = []
    for (let round = 0; round < ROUNDS; round++) seconds.push(await ourSeconds())
    const ours = median(seconds)
    const theirs = PEERS.map((peer) => ({ peer, measured: measure(peer) }))
    const times = theirs.map(({ measured }) => measured.secondsPerAgentStep / ours)
    const line = (name: string, perStep: number, what: string) =>
      `| ${name} | ${short(perStep * 1e6)} µs | ${Math.round(perStep / ours).toLocaleString('en-US')} × | ${what} |`
    return {
      measured: times.map((ratio) => `${Math.round(ratio).toLocaleString('en-US')} ×`).join('; '),
      reached: times.every((ratio, at) => ratio >= PEERS[at].least),
      detail: `Processor time of all threads for one home and one step.

| | a home and step | | what |
|---|---|---|---|
${line('ours', ours, 'the default neighborhood by the hour: twelve homes, six batteries, mid-market trade, tokens, burn, ledger, hash chain and bills; a year, started cold, median of five')}
${theirs.map(({ peer, measured }) => line(peer.name, measured.secondsPerAgentStep, measured.what)).join('\n')}`,
    }
  },
}
