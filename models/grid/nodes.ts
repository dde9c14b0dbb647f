import type { Network } from '../../data/grid/network.ts'
import { lineTwoPort, transformerTwoPort, type TwoPort } from './circuit.ts'

/** A line or transformer between two nodes of the circuit. */
export interface Branch {
  readonly from: number
  readonly to: number
  readonly port: TwoPort
}

/** The network as nodes and branches: buses that closed switches join are one, open ends hang on nodes of their own. */
export interface Nodes {
  readonly count: number
  /** By bus: its node; −1: out of service. */
  readonly ofBus: Int32Array
  /** By node: does a way lead to a source? What has none is dead. */
  readonly supplied: Uint8Array
  /** By line and by transformer; null: out of service or open at both ends. */
  readonly lines: readonly (Branch | null)[]
  readonly transformers: readonly (Branch | null)[]
  /** Branches beyond a tree over what is supplied: 0 is radial. */
  readonly loops: number
}

export function nodesOf(network: Network): Nodes {
  const group = network.buses.map((_, at) => at)
  const rootOf = (at: number): number => (group[at] === at ? at : (group[at] = rootOf(group[at])))
  const live = (bus: number): boolean => network.buses[bus].inService
  for (const [a, b] of network.couplers) if (live(a) && live(b)) group[rootOf(a)] = rootOf(b)
  const names = new Map<number, number>()
  const ofBus = Int32Array.from(network.buses, (_, at) => {
    if (!live(at)) return -1
    const root = rootOf(at)
    if (!names.has(root)) names.set(root, names.size)
    return names.get(root) ?? -1
  })
  let count = names.size
  const end = (bus: number, closed: boolean): number => (closed && live(bus) ? ofBus[bus] : count++)
  const branch = (
    inService: boolean,
    [from, fromClosed]: readonly [number, boolean],
    [to, toClosed]: readonly [number, boolean],
    port: () => TwoPort,
  ): Branch | null => {
    const [fromHeld, toHeld] = [fromClosed && live(from), toClosed && live(to)]
    if (!inService || (!fromHeld && !toHeld)) return null
    return { from: end(from, fromClosed), to: end(to, toClosed), port: port() }
  }
  const lines = network.lines.map((line) =>
    branch(line.inService, [line.from, line.fromClosed], [line.to, line.toClosed], () =>
      lineTwoPort(line, network),
    ),
  )
  const transformers = network.transformers.map((one) =>
    branch(one.inService, [one.hvBus, one.hvClosed], [one.lvBus, one.lvClosed], () =>
      transformerTwoPort(one, network),
    ),
  )
  const branches = [...lines, ...transformers].filter((one) => one !== null)
  const supplied = reach(
    count,
    branches,
    network.sources.map(({ bus }) => ofBus[bus]).filter((node) => node >= 0),
  )
  const nodes = supplied.reduce((sum, one) => sum + one, 0)
  const held = new Set(network.sources.map(({ bus }) => ofBus[bus])).size
  const used = branches.filter(({ from }) => supplied[from] === 1).length
  return { count, ofBus, supplied, lines, transformers, loops: used - (nodes - held) }
}

/** Nodes that a way along the branches leads to. */
function reach(count: number, branches: readonly Branch[], sources: readonly number[]): Uint8Array {
  const beside: number[][] = Array.from({ length: count }, () => [])
  for (const { from, to } of branches) {
    beside[from].push(to)
    beside[to].push(from)
  }
  const seen = new Uint8Array(count)
  const waiting = [...sources]
  while (waiting.length > 0) {
    const node = waiting.pop() as number
    if (seen[node] === 1) continue
    seen[node] = 1
    waiting.push(...beside[node])
  }
  return seen
}
