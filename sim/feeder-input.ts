import { resolve } from 'node:path'
import { VppError } from '../data/errors.ts'
import { parseNetwork } from '../data/grid/network-file.ts'
import type { Network } from '../data/grid/network.ts'
import { radialNetwork } from '../data/grid/radial.ts'
import type { InputRecord } from '../data/profile.ts'
import { readTextFile } from '../data/read-text.ts'
import { VOLTAGE_BANDS, type WireLimits } from '../models/grid/limits.ts'
import { nodesOf } from '../models/grid/nodes.ts'
import type { Community, Feeder } from '../scenarios/schema.ts'

const SIMBENCH = 'SimBench (University of Kassel, TU Dortmund, RWTH Aachen, Fraunhofer IEE), simbench.de'

/** The wires of one community, read and checked: its network, and at which bus each home stands. */
export interface FeederInput {
  readonly network: Network
  /** What the report calls it. */
  readonly source: string
  /** By home, the shared battery last where there is one: place of its bus in the network. */
  readonly busOfHome: readonly number[]
  readonly limits: WireLimits
  readonly settings: Pick<Feeder, 'rule' | 'powerFactor' | 'thermal'>
}

/**
 * Reads the feeder of a community; what was read is added to `inputs`.
 * @throws VppError('invalid') naming the element and what to do
 */
export function readFeeder(
  community: Community,
  baseDir: string,
  inputs: Map<string, InputRecord>,
): FeederInput | null {
  const { feeder } = community
  if (feeder === undefined) return null
  const { network: spec } = feeder
  let network: Network
  let stands: number[]
  if ('file' in spec) {
    const { text, sha256 } = readTextFile(
      resolve(baseDir, spec.file),
      spec.file,
      'give a path relative to the scenario’s folder',
    )
    const odbl = text.includes('"simbench_code"')
    inputs.set(spec.file, {
      name: spec.file,
      sha256,
      source: odbl ? 'SimBench, simbench.de' : 'network file of the scenario',
      licence: odbl ? 'ODbL 1.0' : 'of its owner',
      ...(odbl ? { shareAlike: true, attribution: SIMBENCH } : {}),
    })
    network = parseNetwork(text, spec.file)
    stands = network.loads.map(({ bus }) => bus)
  } else {
    network = radialNetwork(spec, community.label)
    stands = ends(spec.segments, network)
  }
  const held = new Set(network.sources.map(({ bus }) => bus))
  const nodes = nodesOf(network)
  const supplied = (bus: number): boolean => nodes.ofBus[bus] >= 0 && nodes.supplied[nodes.ofBus[bus]] === 1
  for (const [at, bus] of network.buses.entries())
    if (!('file' in spec) && !supplied(at))
      refuse(
        'feeder.network.segments',
        `no way leads from transformer to ${bus.name}`,
        'let each segment begin at transformer or at the end of another',
      )
  const places = [...new Set(stands)].filter((bus) => supplied(bus) && !held.has(bus))
  if (places.length === 0)
    refuse('feeder.network', 'has no supplied bus at which a home could stand', 'are its switches closed?')
  const { voltageBand, minPu, maxPu, transformerPercent, linePercent } = feeder.limits
  const band = VOLTAGE_BANDS[voltageBand]
  return {
    network,
    source: 'file' in spec ? network.name : `${network.name}, described in the scenario`,
    busOfHome: busesOf(community, feeder, network, places, supplied),
    limits: { minPu: minPu ?? band.minPu, maxPu: maxPu ?? band.maxPu, transformerPercent, linePercent },
    settings: { rule: feeder.rule, powerFactor: feeder.powerFactor, thermal: feeder.thermal },
  }
}

function refuse(place: string, problem: string, fix: string): never {
  throw new VppError('invalid', { place, problem, fix })
}

/** Buses at which no other segment begins. */
function ends(segments: readonly { from: string; to: string }[], { buses }: Network): number[] {
  const begins = new Set(segments.map(({ from }) => from))
  return segments
    .filter(({ to }) => !begins.has(to))
    .map(({ to }) => buses.findIndex(({ name }) => name === to))
}

function busesOf(
  { id, homes, sharedBattery }: Community,
  feeder: Feeder,
  { buses }: Network,
  places: readonly number[],
  supplied: (bus: number) => boolean,
): number[] {
  const ids = [...homes.map((home) => home.id), ...(sharedBattery === undefined ? [] : [`${id}-battery`])]
  const named = new Map<string, number>()
  for (const [at, { home, bus }] of feeder.homes.entries()) {
    const field = `feeder.homes[${at}]`
    if (!ids.includes(home))
      refuse(`${field}.home`, `${home} is no home of ${id}`, `its homes are ${ids.join(', ')}`)
    if (named.has(home)) refuse(`${field}.home`, `${home} is there twice`, 'name each home once')
    const byName = buses.findIndex(({ name }) => name === bus)
    const found = byName >= 0 ? byName : /^\d+$/.test(bus) && Number(bus) < buses.length ? Number(bus) : -1
    if (found < 0)
      refuse(
        `${field}.bus`,
        `${bus} is no bus of the network`,
        `give a name like ${buses[places[0]].name}, or a place from 0 to ${buses.length - 1}`,
      )
    if (!supplied(found))
      refuse(`${field}.bus`, `${bus} is not supplied`, 'close a switch or choose another bus')
    named.set(home, found)
  }
  let next = 0
  return ids.map((home) => named.get(home) ?? places[next++ % places.length])
}
