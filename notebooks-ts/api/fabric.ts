import { join } from 'node:path'
import type { LotQuery, LotRow } from '../../ledger/fabric/chaincode/queries.ts'
import type { Step } from '../../ledger/fabric/chaincode/trace.ts'
import { askOperator } from '../../ledger/fabric/client/ask.ts'
import { readConnection } from '../../ledger/fabric/client/connection.ts'
import { contractVersions } from '../../ledger/fabric/client/versions.ts'
import { DEFAULT_OPTIONS } from '../../ledger/fabric/network/plan.ts'
import { down, status } from '../../ledger/fabric/network/state.ts'
import { optionsOf, up } from '../../ledger/fabric/network/up.ts'
import { outFolder } from './place.ts'

/** A Hyperledger Fabric network on this machine; `run(…, { network })` brings a run's tokens onto it too. */
export interface FabricNetwork {
  readonly dir: string
  /** Path of the connection file, for this and other programs. */
  readonly connection: string
  /** What runs: orderers, peers and their chaincodes, with port and process. */
  readonly services: () => Promise<{ name: string; port: number; answers: boolean }[]>
  /** Living lots of a ledger, asked from the network. */
  readonly lots: (ledger: string, filter?: LotQuery) => Promise<LotRow[]>
  /** Every committed change of one lot, `asset/minute/source/from`. */
  readonly trace: (ledger: string, lot: string) => Promise<Step[]>
  /** Ends its processes; `wipe` removes its data too. */
  readonly down: (options?: { readonly wipe?: boolean }) => Promise<void>
}

/**
 * The network in a folder, started where it does not run; Fabric's programs are built the first time, which takes
 * minutes and needs Go. Two organisations, utility and operator, both endorse.
 * @param dir its folder; else `fabric` in the folder for results
 */
export async function fabricNetwork(dir = join(outFolder(), 'fabric')): Promise<FabricNetwork> {
  const network = await up({ ...(optionsOf(dir) ?? DEFAULT_OPTIONS), dir })
  const { connection } = network.files
  await contractVersions(readConnection(connection), 60)
  return {
    dir: network.files.dir,
    connection,
    services: async () =>
      (await status(dir)).services.map(({ name, port, answers }) => ({ name, port, answers })),
    lots: (ledger, filter = {}) => askOperator(connection, 'lots', ledger, JSON.stringify(filter)),
    trace: (ledger, lot) => askOperator(connection, 'trace', ledger, lot),
    down: async ({ wipe = false } = {}) => {
      await down(dir, wipe)
    },
  }
}
