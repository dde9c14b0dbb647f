import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type NetworkFiles, peerEnvironment } from './files.ts'
import { domainOf, mspIdOf, type NetworkPlan, type PeerPlan } from './plan.ts'
import { ORDERER_MSP } from './settings.ts'

const pem = (path: string) => ({ pem: readFileSync(path, 'utf8') })

/**
 * A common connection profile for one organisation, as Fabric's SDKs, Caliper and other tools read it: peers,
 * orderers and their TLS roots within it, the organisation's own administrator by path.
 */
export function connectionProfile(plan: NetworkPlan, files: NetworkFiles, organisation: string): object {
  const hostname = { 'ssl-target-name-override': 'localhost', hostnameOverride: 'localhost' }
  const named = <T extends { name: string }, V>(list: readonly T[], of: (one: T) => V) =>
    Object.fromEntries(list.map((one) => [one.name, of(one)]))
  return {
    name: `vpp-${organisation}`,
    version: '1.0.0',
    client: {
      organization: organisation,
      connection: { timeout: { peer: { endorser: '30' }, orderer: '30' } },
    },
    channels: {
      [plan.channel]: {
        orderers: plan.orderers.map(({ name }) => name),
        peers: named(plan.peers, () => ({
          endorsingPeer: true,
          chaincodeQuery: true,
          ledgerQuery: true,
          eventSource: true,
        })),
      },
    },
    organizations: Object.fromEntries(
      plan.organisations.map((one) => [
        one,
        {
          mspid: mspIdOf(one),
          peers: plan.peers.filter((peer) => peer.organisation === one).map(({ name }) => name),
          adminPrivateKey: { path: join(files.user(one, 'Admin'), 'msp', 'keystore', 'priv_sk') },
          signedCert: {
            path: join(files.user(one, 'Admin'), 'msp', 'signcerts', `Admin@${domainOf(one)}-cert.pem`),
          },
        },
      ]),
    ),
    orderers: named(plan.orderers, ({ port }) => ({
      url: `grpcs://localhost:${port}`,
      mspid: ORDERER_MSP,
      tlsCACerts: pem(files.ordererTlsRoot),
      grpcOptions: hostname,
    })),
    peers: named(plan.peers, (peer) => ({
      url: `grpcs://localhost:${peer.port}`,
      tlsCACerts: pem(files.tlsRoot(peer.organisation)),
      grpcOptions: hostname,
    })),
  }
}

/** Lines for a shell (`. peer.env`): the `peer` program then speaks as the organisation's administrator. */
export function peerShell(plan: NetworkPlan, files: NetworkFiles, peer: PeerPlan): string {
  const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
  const variables = {
    ...peerEnvironment(files, peer),
    ORDERER_ADDRESS: `localhost:${plan.orderers[0].port}`,
    ORDERER_CA: files.ordererTlsRoot,
    CHANNEL_NAME: plan.channel,
    CHAINCODE_NAME: plan.chaincode,
  }
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}\n`)
    .join('')
}
