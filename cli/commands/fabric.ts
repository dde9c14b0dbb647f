import type { Argv, CommandModule } from 'yargs'
import { measure } from '../fabric/bench.ts'
import { examine } from '../fabric/doctor.ts'
import { NETWORK_DIR } from '../fabric/folder.ts'
import { showLogs, startNetwork, stopNetwork, tellStatus, writeProfiles } from '../fabric/network.ts'

const ACTIONS = ['up', 'status', 'down', 'doctor', 'logs', 'profile', 'bench'] as const

interface FabricArguments {
  action: (typeof ACTIONS)[number]
  what?: string
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
    case 'bench':
      return measure(binaries, rounds, out, json)
  }
}

/** `vpp fabric`: a Hyperledger Fabric network on this machine, without Docker. */
export const command: CommandModule<object, FabricArguments> = {
  command: 'fabric <action> [what]',
  describe: 'a Hyperledger Fabric network for the ledger',
  builder: (yargs: Argv) =>
    yargs
      .positional('action', { choices: ACTIONS, demandOption: true })
      .positional('what', { type: 'string', describe: 'logs: of this part only' })
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
      .option('rounds', { type: 'number', default: 6, describe: 'bench: turns of each contract' })
      .option('out', {
        type: 'string',
        requiresArg: true,
        describe: 'profile: folder, bench: file to write to',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: handle,
}
