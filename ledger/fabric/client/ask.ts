import { needIdentity, readConnection } from './connection.ts'
import { Gateways } from './gateway.ts'
import { query } from './queries.ts'

/**
 * Asks the chaincode one question as the network's operator.
 * @param path the network's connection file
 */
export async function askOperator<T>(path: string, name: string, ...args: string[]): Promise<T> {
  const connection = readConnection(path)
  const gateways = new Gateways(connection, needIdentity(connection, 'operator'))
  try {
    return await query<T>(gateways, name, ...args)
  } finally {
    gateways.close()
  }
}
