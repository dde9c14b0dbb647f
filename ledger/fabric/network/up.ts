import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stringify } from 'yaml'
import { VppError } from '../../../data/errors.ts'
import { needBinaries } from './binaries.ts'
import { writeConnection } from './connection-file.ts'
import { NetworkFiles, ordererArguments, peerEnvironment } from './files.ts'
import { endorsementPolicy, makePackage, packageId } from './package.ts'
import {
  makePlan,
  mspIdOf,
  type NetworkOptions,
  type NetworkPlan,
  type PeerPlan,
  readPlan,
  savePlan,
} from './plan.ts'
import { Processes, waitFor } from './processes.ts'
import { checkPorts, startServices, writeSettings } from './services.ts'
import { channelSettings, cryptoSettings, PROFILE } from './settings.ts'

export interface UpOptions extends NetworkOptions {
  /** Folder of the network: identities, data, logs. */
  readonly dir: string
  /** Folder of Fabric's programs; otherwise PATH, then the cache, then a build. */
  readonly binaries?: string
  readonly chaincodeMain?: Readonly<Record<string, string>>
  readonly say?: (text: string) => void
}

export interface Network {
  readonly plan: NetworkPlan
  readonly files: NetworkFiles
  readonly processes: Processes
  readonly binaries: string
}

/** Runs one of Fabric's programs to its end. */
export async function runProgram(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<string> {
  return new Promise((done, fail) => {
    const full = { PATH: process.env.PATH, HOME: process.env.HOME, FABRIC_LOGGING_SPEC: 'warn', ...env }
    execFile(program, args, { env: full, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) return done(stdout)
      const said = `${stderr}${stdout}`.trim().split('\n').slice(-3).join(' | ')
      fail(
        new VppError('failure', {
          place: `${program} ${args.slice(0, 3).join(' ')}`,
          problem: said === '' ? error.message : said,
          fix: 'see `vpp fabric logs`',
        }),
      )
    })
  })
}

/**
 * Brings a network to where its chaincode answers: makes what is not there yet, starts what does not
 * run. Calling it again changes nothing; after a restart of the machine everything is as it was left.
 */
export async function up(options: UpOptions): Promise<Network> {
  const { say = () => {} } = options
  const dir = resolve(options.dir)
  const { dir: binaries } = await needBinaries(options.binaries, say)
  const files = new NetworkFiles(dir)
  const plan = readPlan(dir) ?? (await newPlan(dir, options))
  sameShape(plan, options)
  mkdirSync(join(dir, 'logs'), { recursive: true })
  const processes = new Processes(dir)
  await checkPorts(plan, processes, dir)
  writeSettings(plan, files)
  await makeIdentities(plan, files, binaries)
  for (const peer of plan.peers) makePackage(files, peer)
  const services = {
    binaries,
    ...(options.chaincodeMain === undefined ? {} : { chaincodeMain: options.chaincodeMain }),
  }
  await startServices(plan, files, processes, services)
  await joinChannel(plan, files, binaries)
  await deploy(plan, files, binaries, say)
  writeConnection(plan, files)
  return { plan, files, processes, binaries }
}

async function newPlan(dir: string, options: NetworkOptions): Promise<NetworkPlan> {
  const plan = await makePlan(options, dir)
  savePlan(dir, plan)
  return plan
}

/** A network keeps the shape that it was made with. */
function sameShape(plan: NetworkPlan, { organisations, orderers }: NetworkOptions): void {
  if (plan.organisations.join() === organisations.join() && plan.orderers.length === orderers) return
  throw new VppError('usage', {
    place: 'vpp fabric up',
    problem: `the network has ${plan.organisations.join(',')} and ${plan.orderers.length} orderer(s)`,
    fix: 'leave the options out, choose another --dir, or begin anew with `vpp fabric down --wipe`',
  })
}

async function makeIdentities(plan: NetworkPlan, files: NetworkFiles, binaries: string): Promise<void> {
  if (!existsSync(files.crypto)) {
    const scratch = `${files.crypto}.new`
    rmSync(scratch, { recursive: true, force: true })
    const config = join(files.dir, 'crypto-config.yaml')
    writeFileSync(config, stringify(cryptoSettings(plan)))
    await runProgram(join(binaries, 'cryptogen'), ['generate', `--config=${config}`, `--output=${scratch}`])
    renameSync(scratch, files.crypto)
  }
  if (!existsSync(files.block)) {
    writeFileSync(join(files.dir, 'configtx.yaml'), stringify(channelSettings(plan, files)))
    const to = ['-profile', PROFILE, '-channelID', plan.channel, '-outputBlock', `${files.block}.new`]
    await runProgram(join(binaries, 'configtxgen'), to, { FABRIC_CFG_PATH: files.dir })
    renameSync(`${files.block}.new`, files.block)
  }
}

async function joinChannel(plan: NetworkPlan, files: NetworkFiles, binaries: string): Promise<void> {
  await Promise.all([
    ...plan.orderers.map(async ({ name, adminPort }) => {
      const tls = join(files.orderer(name), 'tls')
      const admin = [
        '-o',
        `localhost:${adminPort}`,
        '--ca-file',
        files.ordererTlsRoot,
        '--client-cert',
        join(tls, 'server.crt'),
        '--client-key',
        join(tls, 'server.key'),
      ]
      const channels = await runProgram(join(binaries, 'osnadmin'), ['channel', 'list', ...admin])
      if (channels.includes(`"${plan.channel}"`)) return
      const joining = [
        'channel',
        'join',
        '--channelID',
        plan.channel,
        '--config-block',
        files.block,
        ...admin,
      ]
      await runProgram(join(binaries, 'osnadmin'), joining)
    }),
    ...plan.peers.map(async (peer) => {
      const env = peerEnvironment(files, peer)
      const program = join(binaries, 'peer')
      const channels = await runProgram(program, ['channel', 'list'], env)
      if (channels.split('\n').includes(plan.channel)) return
      await runProgram(program, ['channel', 'join', '-b', files.block], env)
    }),
  ])
}

/** Installs, approves and commits the chaincode's definition, as far as that has not been done. */
async function deploy(
  plan: NetworkPlan,
  files: NetworkFiles,
  binaries: string,
  say: (text: string) => void,
): Promise<void> {
  const program = join(binaries, 'peer')
  const [first] = plan.peers
  const chaincode = ['--channelID', plan.channel, '--name', plan.chaincode]
  const committed = () =>
    runProgram(
      program,
      ['lifecycle', 'chaincode', 'querycommitted', ...chaincode],
      peerEnvironment(files, first),
    ).then(
      () => true,
      (cause: unknown) => {
        if (/not defined|404/.test(String(cause))) return false
        throw cause
      },
    )
  if (await committed()) return
  say('deploying the chaincode')
  const definition = [
    ...chaincode,
    '--version',
    '1',
    '--sequence',
    '1',
    '--signature-policy',
    endorsementPolicy(plan, mspIdOf),
  ]
  await Promise.all(
    plan.peers.map(async (peer) => {
      const env = peerEnvironment(files, peer)
      const id = packageId(files, peer.organisation)
      const installed = await runProgram(program, ['lifecycle', 'chaincode', 'queryinstalled'], env)
      if (!installed.includes(id)) {
        await runProgram(
          program,
          ['lifecycle', 'chaincode', 'install', files.package(peer.organisation)],
          env,
        )
      }
    }),
  )
  // One after the other: until the orderers have chosen a leader, nothing is taken.
  for (const peer of plan.peers) await approve(plan, files, binaries, peer, definition)
  const everyPeer = plan.peers.flatMap((peer) => [
    '--peerAddresses',
    `localhost:${peer.port}`,
    '--tlsRootCertFiles',
    files.tlsRoot(peer.organisation),
  ])
  const commit = [
    'lifecycle',
    'chaincode',
    'commit',
    ...ordererArguments(files, plan),
    ...definition,
    ...everyPeer,
  ]
  await untilTaken(() => runProgram(program, commit, peerEnvironment(files, first)))
  await waitFor('the chaincode', 60, committed)
}

async function approve(
  plan: NetworkPlan,
  files: NetworkFiles,
  binaries: string,
  peer: PeerPlan,
  definition: readonly string[],
): Promise<void> {
  const id = ['--package-id', packageId(files, peer.organisation)]
  const args = [
    'lifecycle',
    'chaincode',
    'approveformyorg',
    ...ordererArguments(files, plan),
    ...definition,
    ...id,
  ]
  await untilTaken(() => runProgram(join(binaries, 'peer'), args, peerEnvironment(files, peer)))
}

/** Tries again while the orderers have no leader, or a peer has not seen its channel yet; up to 60 s. */
async function untilTaken(attempt: () => Promise<string>): Promise<void> {
  for (let left = 120; ; left--) {
    try {
      await attempt()
      return
    } catch (cause) {
      const text = String(cause)
      // Done by a run that was cut off before it could tell.
      if (/unchanged content|requested sequence is 1, but new definition must be sequence 2/.test(text))
        return
      if (left === 0 || !/no Raft leader|SERVICE_UNAVAILABLE|NOT_FOUND|channel .* not found/.test(text))
        throw cause
      await sleep(500)
    }
  }
}

/** The options that a network in a folder was made with. */
export function optionsOf(dir: string): NetworkOptions | null {
  const plan = readPlan(resolve(dir))
  return plan && { organisations: plan.organisations, orderers: plan.orderers.length, batch: plan.batch }
}
