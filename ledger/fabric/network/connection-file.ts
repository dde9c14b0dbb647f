import { writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ConnectionFile } from '../client/connection.ts'
import type { NetworkFiles } from './files.ts'
import { mspIdOf, type NetworkPlan } from './plan.ts'

/**
 * Who speaks as whom on a network of ours. The oracle attests what the utility's meters read, so it is of that
 * organisation, with a certificate of its own; households speak through the operator.
 */
export const IDENTITIES = [
  ['operator', 1, 'User1'],
  ['utility', 0, 'User1'],
  ['oracle', 0, 'User2'],
  ['stranger', 1, 'User2'],
] as const

/** Writes `connection.json`: all that a client needs, paths relative to it. */
export function writeConnection(plan: NetworkPlan, files: NetworkFiles): void {
  const from = (path: string) => relative(files.dir, path)
  const identities = Object.fromEntries(
    IDENTITIES.map(([name, at, user]) => {
      const organisation = plan.organisations[at]
      const msp = join(files.user(organisation, user), 'msp')
      const certificate = `${user}@${organisation}.vpp-cert.pem`
      return [
        name,
        {
          mspId: mspIdOf(organisation),
          certificate: from(join(msp, 'signcerts', certificate)),
          privateKey: from(join(msp, 'keystore', 'priv_sk')),
        },
      ]
    }),
  )
  const connection: ConnectionFile = {
    format: 1,
    channel: plan.channel,
    chaincode: plan.chaincode,
    peers: plan.peers.map((peer) => ({
      name: peer.name,
      endpoint: `localhost:${peer.port}`,
      mspId: mspIdOf(peer.organisation),
      tlsRoot: from(files.tlsRoot(peer.organisation)),
    })),
    identities,
  }
  writeFileSync(files.connection, `${JSON.stringify(connection, null, 1)}\n`)
}
