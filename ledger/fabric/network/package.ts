import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { NetworkFiles } from './files.ts'
import type { NetworkPlan, PeerPlan } from './plan.ts'
import { tarGz } from './tar.ts'

export const LABEL = 'vpp-ledger_1'
/** The identity with which a peer comes to its chaincode. */
const PEER_USER = 'User1'

/**
 * The chaincode package of a peer: no code, but where its service listens and how the two know each
 * other (TLS on both sides). Made once, so that its hash, which is its name on the network, stays.
 */
export function makePackage(files: NetworkFiles, peer: PeerPlan): string {
  const path = files.package(peer.organisation)
  if (existsSync(path)) return path
  const tls = join(files.user(peer.organisation, PEER_USER), 'tls')
  const connection = {
    address: `localhost:${peer.servicePort}`,
    dial_timeout: '10s',
    tls_required: true,
    client_auth_required: true,
    client_key: readFileSync(join(tls, 'client.key'), 'utf8'),
    client_cert: readFileSync(join(tls, 'client.crt'), 'utf8'),
    root_cert: readFileSync(files.tlsRoot(peer.organisation), 'utf8'),
  }
  const json = (value: object) => Buffer.from(JSON.stringify(value))
  const code = tarGz({ 'connection.json': json(connection) })
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(
    path,
    tarGz({ 'metadata.json': json({ type: 'ccaas', label: LABEL }), 'code.tar.gz': code }),
    { mode: 0o600 },
  )
  return path
}

/** How the network names a package: its label and its SHA-256. */
export const packageId = (files: NetworkFiles, organisation: string): string =>
  `${LABEL}:${createHash('sha256')
    .update(readFileSync(files.package(organisation)))
    .digest('hex')}`

/** `AND('UtilityMSP.peer', 'OperatorMSP.peer')`: one endorser alone would hide that the other differs. */
export const endorsementPolicy = (plan: NetworkPlan, mspIdOf: (organisation: string) => string): string =>
  `AND(${plan.organisations.map((organisation) => `'${mspIdOf(organisation)}.peer'`).join(', ')})`
