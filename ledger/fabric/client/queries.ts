import type { StateReader } from '../chaincode/world.ts'
import type { Door, Gateways } from './gateway.ts'
import { isAway } from './gateway.ts'

/** Asks the chaincode; another peer is asked when one is away. */
export async function query<T>(
  gateways: Gateways,
  name: string,
  ...args: (string | Uint8Array)[]
): Promise<T> {
  for (let left = gateways.doors.length; ; left--) {
    const { door } = gateways
    try {
      return await queryAt<T>(gateways, door, name, args)
    } catch (error) {
      if (!isAway(error) || left <= 1) throw error
      gateways.next(door)
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
