import { setTimeout as sleep } from 'node:timers/promises'
import { VppError } from '../../../data/errors.ts'
import { type Connection, needIdentity } from './connection.ts'
import { Gateways, saying } from './gateway.ts'
import { queryAt } from './queries.ts'

export interface PeerVersion {
  readonly peer: string
  readonly contract: number
  readonly node: string
}

/**
 * Asks every peer's chaincode who it is, for at most so many seconds.
 * @throws VppError naming the peers that do not answer
 */
export async function contractVersions(connection: Connection, seconds: number): Promise<PeerVersion[]> {
  const gateways = new Gateways(connection, needIdentity(connection, 'operator'))
  const until = performance.now() + seconds * 1000
  try {
    return await Promise.all(
      gateways.doors.map(async (door) => {
        for (;;) {
          try {
            const answer = await queryAt<Omit<PeerVersion, 'peer'>>(gateways, door, 'version', [])
            return { peer: door.peer.name, ...answer }
          } catch (error) {
            if (performance.now() < until) await sleep(200)
            else {
              const problem = `its chaincode does not answer: ${saying(error)}`
              const fix = 'run `vpp fabric up`, or see `vpp fabric logs`'
              throw new VppError('failure', { place: door.peer.name, problem, fix }, error)
            }
          }
        }
      }),
    )
  } finally {
    gateways.close()
  }
}
