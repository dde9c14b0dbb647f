import type { Argv, CommandModule } from 'yargs'
import { measure } from '../fabric/bench.ts'
import { type LotQuery, STATES } from '../../ledger/fabric/chaincode/queries.ts'
import { examine } from '../fabric/doctor.ts'
import { NETWORK_DIR } from '../fabric/folder.ts'
import { listLots, traceLot } from '../fabric/query.ts'
import { showLogs, startNetwork, stopNetwork, tellStatus, writeProfiles } from '../fabric/network.ts'

const ACTIONS = ['up', 'status', 'down', 'doctor', 'logs', 'profile', 'lots', 'trace', 'bench'] as const

interface FabricArguments extends LotQuery {
  action: (typeof ACTIONS)[number]
  what?: string
  lot?: string
  connection?: string
  dir: string
  binaries?: string
  organisations?: string
  orderers?: number
  wipe: boolean
  lines: number
  rounds: number
  out?: string
  json: boolean
}

async function handle(given: FabricArguments): Promise<void> {
  const { action, what, dir, binaries, wipe, lines, rounds, out, json } = given
  switch (action) {
    case 'up':
      return startNetwork(given)
    case 'status':
      return tellStatus(dir, json)
    case 'down':
      return stopNetwork(dir, wipe, json)
    case 'doctor':
      return examine(dir, binaries, json)
    case 'logs':
      return showLogs(dir, what, lines)
    case 'profile':
      return writeProfiles(dir, out, json)
    case 'lots': {
      const { asset, location, date, owner, state } = given
      const filter = Object.entries({ asset, location, date, owner, state }).filter(
        ([, one]) => one !== undefined,
      )
      return listLots(dir, given.connection, what, Object.fromEntries(filter), json)
    }
    case 'trace':
      return traceLot(dir, given.connection, what, given.lot, json)
    case 'bench':
      return measure(binaries, rounds, out, json)
  }
}

/** `vpp fabric`: a Hyperledger Fabric network on this machine, without Docker. */
export const command: CommandModule<object, FabricArguments> = {
  command: 'fabric <action> [what] [lot]',
  describe: 'a Hyperledger Fabric network for the ledger',
  builder: (yargs: Argv) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true })
      .positional('what', { type: 'string', describe: 'logs: of this part only; lots, trace: the ledger' })
      .positional('lot', { type: 'string', describe: 'trace: ASSET/MINUTE/SOURCE/FROM' })
      .option('dir', {
        type: 'string',
        requiresArg: true,
        default: NETWORK_DIR,
        describe: "the network's folder",
      })
      .option('binaries', {
        type: 'string',
        requiresArg: true,
        describe: "folder of Fabric's programs; else PATH, else they are built",
      })
      .option('organisations', {
        type: 'string',
        requiresArg: true,
        describe: 'up: with a peer each; the first is the utility, the second the operator',
      })
      .option('orderers', {
        type: 'number',
        requiresArg: true,
        choices: [1, 3, 5],
        describe: 'up: Raft orderers (default 1)',
      })
      .option('wipe', { type: 'boolean', default: false, describe: 'down: remove its data too' })
      .option('lines', { type: 'number', default: 20, describe: 'logs: so many of each' })
      .option('asset', { type: 'number', requiresArg: true, describe: 'lots: of this asset, by number' })
      .option('location', { type: 'string', requiresArg: true, describe: 'lots: COMMUNITY/HOME' })
      .option('date', { type: 'string', requiresArg: true, describe: 'lots: UTC day, 2016-08-01' })
      .option('owner', { type: 'number', requiresArg: true, describe: 'lots: of this account' })
      .option('state', { choices: STATES, describe: 'lots: a part of the lot is so' })
      .option('connection', {
        type: 'string',
        requiresArg: true,
        describe: 'lots, trace: another network than that of --dir',
      })
      .option('rounds', { type: 'number', default: 6, describe: 'bench: turns of each contract' })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'profile: folder, bench: file to write to',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: handle,
}
