import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { stringify } from 'yaml'
import { VppError } from '../../../data/errors.ts'
import type { NetworkFiles } from './files.ts'
import { packageId } from './package.ts'
import type { NetworkPlan, PeerPlan } from './plan.ts'
import { answers, type Processes, waitFor } from './processes.ts'
import { ordererSettings, peerSettings } from './settings.ts'

const CHAINCODE_MAIN = resolve(import.meta.dirname, '../chaincode/main.ts')

export const serviceName = (peer: PeerPlan): string => `chaincode.${peer.organisation}`

/** Everything that a network runs, in the order of starting. */
export const serviceNames = (plan: NetworkPlan): string[] => [
  ...plan.orderers.map(({ name }) => name),
  ...plan.peers.map(({ name }) => name),
  ...plan.peers.map(serviceName),
]

const portsOf = (plan: NetworkPlan): [string, number][] => [
  ...plan.orderers.map(({ name, port }): [string, number] => [name, port]),
  ...plan.peers.map(({ name, port }): [string, number] => [name, port]),
  ...plan.peers.map((peer): [string, number] => [serviceName(peer), peer.servicePort]),
]

/** Another program may have taken a port while the network was down; the channel names it, so it cannot move. */
export async function checkPorts(plan: NetworkPlan, processes: Processes, dir: string): Promise<void> {
  for (const [name, port] of portsOf(plan)) {
    if (processes.get(name) === null && (await answers(port))) {
      throw new VppError('failure', {
        place: `port ${port}`,
        problem: `is taken by another program; ${name} needs it`,
        fix: `end that program, or begin anew: \`vpp fabric down --wipe --dir ${dir}\``,
      })
    }
  }
}

/** Writes the settings of orderers and peers; the `peer` program needs them too, to speak to a peer. */
export function writeSettings(plan: NetworkPlan, files: NetworkFiles): void {
  for (const orderer of plan.orderers) {
    mkdirSync(files.node(orderer.name), { recursive: true })
    writeFileSync(join(files.node(orderer.name), 'orderer.yaml'), stringify(ordererSettings(orderer, files)))
  }
  for (const peer of plan.peers) {
    mkdirSync(files.node(peer.name), { recursive: true })
    writeFileSync(join(files.node(peer.name), 'core.yaml'), stringify(peerSettings(peer, files)))
  }
}

const environment = (extra: Record<string, string>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  ...extra,
})

export interface ServiceOptions {
  readonly binaries: string
  /** Another chaincode program for one organisation's peer: for tests of disagreement. */
  readonly chaincodeMain?: Readonly<Record<string, string>>
}

/** Starts what does not run yet and waits until it listens. */
export async function startServices(
  plan: NetworkPlan,
  files: NetworkFiles,
  processes: Processes,
  options: ServiceOptions,
): Promise<void> {
  for (const { name } of plan.orderers) {
    const dir = files.node(name)
    const env = environment({ FABRIC_CFG_PATH: dir, FABRIC_LOGGING_SPEC: 'warn' })
    processes.start(name, join(options.binaries, 'orderer'), [], env, dir)
  }
  for (const { name } of plan.peers) {
    const dir = files.node(name)
    const env = environment({ FABRIC_CFG_PATH: dir, FABRIC_LOGGING_SPEC: 'warn' })
    processes.start(name, join(options.binaries, 'peer'), ['node', 'start'], env, dir)
  }
  for (const peer of plan.peers) {
    // There is a package only once the network is being made.
    if (existsSync(files.package(peer.organisation))) startChaincode(files, processes, peer, options)
  }
  await Promise.all(
    portsOf(plan)
      .filter(([name]) => processes.get(name) !== null)
      .map(([name, port]) => waitUp(processes, name, port)),
  )
}

async function waitUp(processes: Processes, name: string, port: number): Promise<void> {
  await waitFor(name, 60, () => {
    if (processes.get(name) !== null) return answers(port)
    throw new VppError('failure', {
      place: name,
      problem: 'ended as soon as it was started',
      fix: `see ${processes.logOf(name)}`,
    })
  })
}

/** A peer's chaincode, as a process of its own. */
export function startChaincode(
  files: NetworkFiles,
  processes: Processes,
  peer: PeerPlan,
  { chaincodeMain = {} }: Pick<ServiceOptions, 'chaincodeMain'>,
): void {
  const tls = join(files.peer(peer), 'tls')
  const args = [
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=DeprecationWarning',
    chaincodeMain[peer.organisation] ?? CHAINCODE_MAIN,
    packageId(files, peer.organisation),
    `localhost:${peer.servicePort}`,
    join(tls, 'server.key'),
    join(tls, 'server.crt'),
    files.tlsRoot(peer.organisation),
  ]
  const env = environment({ CORE_CHAINCODE_LOGGING_LEVEL: 'error', NODE_ENV: 'production' })
  processes.start(serviceName(peer), process.execPath, args, env, files.dir)
}
