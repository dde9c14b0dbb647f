import { setTimeout as sleep } from 'node:timers/promises'
import { common } from '@hyperledger/fabric-protos'
import { VppError } from '../../../data/errors.ts'
import type { StateReader } from '../chaincode/world.ts'
import { NotTaken } from './errors.ts'
import type { Door, Gateways } from './gateway.ts'
import { isAway, saying } from './gateway.ts'

/** Seconds that a question is asked again, here and there, while no peer answers. */
const PATIENCE_SECONDS = 8

/**
 * Asks the chaincode; another peer is asked when one is away.
 * @throws NotTaken when the chaincode takes it for no question, VppError when no peer answers
 */
export async function query<T>(
  gateways: Gateways,
  name: string,
  ...args: (string | Uint8Array)[]
): Promise<T> {
  const until = performance.now() + PATIENCE_SECONDS * 1000
  for (;;) {
    const { door } = gateways
    try {
      return await queryAt<T>(gateways, door, name, args)
    } catch (error) {
      const refused = /malformed: [^;]*/.exec(saying(error))
      if (refused !== null) throw new NotTaken(refused[0], error)
      if (!isAway(error)) throw error
      if (performance.now() > until) {
        throw new VppError(
          'failure',
          {
            place: `network of ${gateways.connection.path}`,
            problem: `no peer answers: ${saying(error)}`,
            fix: 'start it with `vpp fabric up`, or see `vpp fabric status`',
          },
          error,
        )
      }
      gateways.next(door)
      await sleep(200)
    }
  }
}

export async function queryAt<T>(
  { connection }: Gateways,
  { gateway }: Door,
  name: string,
  args: readonly (string | Uint8Array)[],
): Promise<T> {
  const contract = gateway.getNetwork(connection.channel).getContract(connection.chaincode)
  const bytes = await contract.evaluate(name, { arguments: [...args] })
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as T
}

const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))

/** The committed state of a ledger as one peer has it: for running the chaincode's code here. */
export const stateAt = (gateways: Gateways, door: Door, ledger: string): StateReader => ({
  get: async (key) => bytesOf((await queryAt<string[]>(gateways, door, 'values', [ledger, key]))[0]),
  range: async (first, end) =>
    (await queryAt<[string, string][]>(gateways, door, 'range', [ledger, first, end])).map(([key, value]) => [
      key,
      bytesOf(value),
    ]),
})

/** How many blocks a peer has. */
export async function heightAt({ connection: { channel } }: Gateways, { gateway }: Door): Promise<number> {
  const info = await gateway
    .getNetwork(channel)
    .getContract('qscc')
    .evaluateTransaction('GetChainInfo', channel)
  return common.BlockchainInfo.deserializeBinary(info).getHeight()
}

/**
 * Resolves when the peer that is asked has a block: what one peer has committed another may not have seen yet, and
 * would answer from before.
 */
export async function untilBlock(gateways: Gateways, block: bigint): Promise<void> {
  for (let left = 600; left > 0; left--) {
    const { door } = gateways
    try {
      if ((await heightAt(gateways, door)) > block) return
    } catch (error) {
      if (!isAway(error)) throw error
      gateways.next(door)
    }
    await sleep(50)
  }
  throw new VppError('failure', {
    place: gateways.door.peer.name,
    problem: `has not got block ${block} within 30 s`,
    fix: 'see `vpp fabric status` and `vpp fabric logs`',
  })
}
