import { join } from 'node:path'
import { domainOf, mspIdOf, type NetworkPlan, ORDERER_DOMAIN, type PeerPlan } from './plan.ts'

/** Where things stand in a network's folder. `cryptogen` gives the names below `crypto`. */
export class NetworkFiles {
  readonly dir: string

  constructor(dir: string) {
    this.dir = dir
  }

  get crypto(): string {
    return join(this.dir, 'crypto')
  }
  get block(): string {
    return join(this.dir, 'channel.block')
  }
  node(name: string): string {
    return join(this.dir, 'nodes', name)
  }
  organisation(organisation: string): string {
    return join(this.crypto, 'peerOrganizations', domainOf(organisation))
  }
  peer(peer: PeerPlan): string {
    return join(this.organisation(peer.organisation), 'peers', peer.name)
  }
  get ordererOrganisation(): string {
    return join(this.crypto, 'ordererOrganizations', ORDERER_DOMAIN)
  }
  orderer(name: string): string {
    return join(this.ordererOrganisation, 'orderers', name)
  }
  /** `Admin`, or `User1`, `User2`, … */
  user(organisation: string, user: string): string {
    return join(this.organisation(organisation), 'users', `${user}@${domainOf(organisation)}`)
  }
  /** Certificate authority of an organisation's TLS certificates. */
  tlsRoot(organisation: string): string {
    const domain = domainOf(organisation)
    return join(this.organisation(organisation), 'tlsca', `tlsca.${domain}-cert.pem`)
  }
  get ordererTlsRoot(): string {
    return join(this.ordererOrganisation, 'tlsca', `tlsca.${ORDERER_DOMAIN}-cert.pem`)
  }
  package(organisation: string): string {
    return join(this.dir, 'packages', `${organisation}.tar.gz`)
  }
  get connection(): string {
    return join(this.dir, 'connection.json')
  }
}

/** What the `peer` program needs in its environment to speak as an organisation's administrator. */
export function peerEnvironment(files: NetworkFiles, peer: PeerPlan, user = 'Admin'): Record<string, string> {
  return {
    FABRIC_CFG_PATH: files.node(peer.name),
    CORE_PEER_TLS_ENABLED: 'true',
    CORE_PEER_LOCALMSPID: mspIdOf(peer.organisation),
    CORE_PEER_MSPCONFIGPATH: join(files.user(peer.organisation, user), 'msp'),
    CORE_PEER_TLS_ROOTCERT_FILE: files.tlsRoot(peer.organisation),
    CORE_PEER_ADDRESS: `localhost:${peer.port}`,
  }
}

export const ordererArguments = (files: NetworkFiles, plan: NetworkPlan): string[] => [
  '--orderer',
  `localhost:${plan.orderers[0].port}`,
  '--tls',
  '--cafile',
  files.ordererTlsRoot,
]
