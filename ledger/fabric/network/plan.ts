import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VppError } from '../../../data/errors.ts'
import { claimPorts } from './ports.ts'

/** An organisation with peers; the first two endorse by default: the utility and the operator. */
export interface PeerPlan {
  /** Like `peer0.utility.vpp`. */
  readonly name: string
  readonly organisation: string
  readonly port: number
  readonly chaincodeListenPort: number
  readonly operationsPort: number
  /** Where this peer's own chaincode service listens. */
  readonly servicePort: number
}

export interface OrdererPlan {
  readonly name: string
  readonly port: number
  readonly adminPort: number
  readonly operationsPort: number
}

/** When the orderer ends a block: after so long, so many transactions, or so many bytes. */
export interface BatchPlan {
  readonly timeoutMs: number
  readonly transactions: number
  /** A transaction that is larger than this gets its block at once. */
  readonly preferredKb: number
}

/** Everything about a network that must stay as it is while its data live. */
export interface NetworkPlan {
  readonly format: 1
  readonly channel: string
  readonly chaincode: string
  readonly organisations: readonly string[]
  readonly peers: readonly PeerPlan[]
  readonly orderers: readonly OrdererPlan[]
  readonly batch: BatchPlan
}

export interface NetworkOptions {
  readonly organisations: readonly string[]
  readonly orderers: number
  readonly batch: BatchPlan
}

/** By measurement (bench/fabric.md): a packed tick never waits for the timeout. */
export const DEFAULT_BATCH: BatchPlan = { timeoutMs: 100, transactions: 500, preferredKb: 64 }
export const DEFAULT_OPTIONS: NetworkOptions = {
  organisations: ['utility', 'operator'],
  orderers: 1,
  batch: DEFAULT_BATCH,
}

const FILE = 'network.json'
export const CHANNEL = 'vpp'
export const CHAINCODE = 'vpp-ledger'

export const mspIdOf = (organisation: string): string =>
  `${organisation[0].toUpperCase()}${organisation.slice(1)}MSP`
export const domainOf = (organisation: string): string => `${organisation}.vpp`
export const ORDERER_DOMAIN = 'orderer.vpp'

export const planFile = (dir: string): string => join(dir, FILE)

/** The plan of a network that was made before, or null. */
export function readPlan(dir: string): NetworkPlan | null {
  if (!existsSync(planFile(dir))) return null
  try {
    const plan = JSON.parse(readFileSync(planFile(dir), 'utf8')) as NetworkPlan
    if (plan.format !== 1) throw new Error(`format ${String(plan.format)}`)
    return plan
  } catch (cause) {
    throw new VppError(
      'invalid',
      {
        place: planFile(dir),
        problem: `is no plan of a network: ${(cause as Error).message}`,
        fix: 'name another folder with --dir, or remove this one',
      },
      cause,
    )
  }
}

export function needPlan(dir: string): NetworkPlan {
  const plan = readPlan(dir)
  if (plan !== null) return plan
  throw new VppError('failure', {
    place: dir,
    problem: 'holds no network',
    fix: 'start one with `vpp fabric up`, or name its folder with --dir',
  })
}

/** A new plan for a network in a folder, with ports that are its own as long as the folder is there. */
export async function makePlan(options: NetworkOptions, dir: string): Promise<NetworkPlan> {
  const { organisations, orderers, batch } = options
  const wrong = organisations.find((name) => !/^[a-z][a-z0-9]{0,20}$/.test(name) || name === 'orderer')
  if (
    organisations.length < 2 ||
    wrong !== undefined ||
    new Set(organisations).size !== organisations.length
  ) {
    throw new VppError('usage', {
      place: '--organisations',
      problem: wrong === undefined ? 'must be at least two different names' : `${wrong} is no name for one`,
      fix: 'write lower-case letters and digits, like utility,operator,regulator',
    })
  }
  mkdirSync(dir, { recursive: true })
  const ports = await claimPorts(organisations.length * 4 + orderers * 3, dir)
  const port = () => ports.pop() as number
  return {
    format: 1,
    channel: CHANNEL,
    chaincode: CHAINCODE,
    organisations,
    batch,
    peers: organisations.map((organisation) => ({
      name: `peer0.${domainOf(organisation)}`,
      organisation,
      port: port(),
      chaincodeListenPort: port(),
      operationsPort: port(),
      servicePort: port(),
    })),
    orderers: Array.from({ length: orderers }, (_, at) => ({
      name: `orderer${at}.${ORDERER_DOMAIN}`,
      port: port(),
      adminPort: port(),
      operationsPort: port(),
    })),
  }
}

export function savePlan(dir: string, plan: NetworkPlan): void {
  writeFileSync(`${planFile(dir)}.new`, `${JSON.stringify(plan, null, 1)}\n`)
  renameSync(`${planFile(dir)}.new`, planFile(dir))
}
