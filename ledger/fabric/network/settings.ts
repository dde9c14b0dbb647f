import { join, resolve } from 'node:path'
import type { NetworkFiles } from './files.ts'
import {
  domainOf,
  mspIdOf,
  type NetworkPlan,
  ORDERER_DOMAIN,
  type OrdererPlan,
  type PeerPlan,
} from './plan.ts'

const BUILDER = resolve(import.meta.dirname, 'builder')
export const ORDERER_MSP = 'OrdererMSP'
export const PROFILE = 'Vpp'
/** Identities of each organisation beside its administrator. */
export const USERS = 4

/** For `cryptogen`: one certificate authority an organisation, node roles in the certificates. */
export const cryptoSettings = ({ organisations, orderers }: NetworkPlan): object => ({
  OrdererOrgs: [
    {
      Name: 'Orderer',
      Domain: ORDERER_DOMAIN,
      EnableNodeOUs: true,
      Specs: orderers.map(({ name }) => ({
        Hostname: name.split('.')[0],
        SANS: ['localhost', '127.0.0.1'],
      })),
    },
  ],
  PeerOrgs: organisations.map((organisation) => ({
    Name: organisation,
    Domain: domainOf(organisation),
    EnableNodeOUs: true,
    Template: { Count: 1, SANS: ['localhost', '127.0.0.1'] },
    Users: { Count: USERS },
  })),
})

const signature = (rule: string) => ({ Type: 'Signature', Rule: rule })
const meta = (rule: string) => ({ Type: 'ImplicitMeta', Rule: rule })

/** For `configtxgen`: the channel, with anchor peers of all, without which organisations don't find each other. */
export function channelSettings(plan: NetworkPlan, files: NetworkFiles): object {
  const orderer = {
    Name: 'Orderer',
    ID: ORDERER_MSP,
    MSPDir: join(files.ordererOrganisation, 'msp'),
    OrdererEndpoints: plan.orderers.map(({ port }) => `localhost:${port}`),
    Policies: {
      Readers: signature(`OR('${ORDERER_MSP}.member')`),
      Writers: signature(`OR('${ORDERER_MSP}.member')`),
      Admins: signature(`OR('${ORDERER_MSP}.admin')`),
    },
  }
  const organisations = plan.organisations.map((organisation) => {
    const id = mspIdOf(organisation)
    return {
      Name: id,
      ID: id,
      MSPDir: join(files.organisation(organisation), 'msp'),
      AnchorPeers: plan.peers
        .filter((peer) => peer.organisation === organisation)
        .map(({ port }) => ({ Host: 'localhost', Port: port })),
      Policies: {
        Readers: signature(`OR('${id}.admin', '${id}.peer', '${id}.client')`),
        Writers: signature(`OR('${id}.admin', '${id}.client')`),
        Admins: signature(`OR('${id}.admin')`),
        Endorsement: signature(`OR('${id}.peer')`),
      },
    }
  })
  const general = {
    Readers: meta('ANY Readers'),
    Writers: meta('ANY Writers'),
    Admins: meta('MAJORITY Admins'),
  }
  return {
    Profiles: {
      [PROFILE]: {
        Policies: general,
        Capabilities: { V2_0: true },
        Orderer: {
          OrdererType: 'etcdraft',
          Organizations: [orderer],
          BatchTimeout: `${plan.batch.timeoutMs}ms`,
          BatchSize: {
            MaxMessageCount: plan.batch.transactions,
            AbsoluteMaxBytes: '32 MB',
            PreferredMaxBytes: `${plan.batch.preferredKb} KB`,
          },
          EtcdRaft: {
            Consenters: plan.orderers.map(({ name, port }) => {
              const certificate = join(files.orderer(name), 'tls', 'server.crt')
              return { Host: 'localhost', Port: port, ClientTLSCert: certificate, ServerTLSCert: certificate }
            }),
            Options: {
              TickInterval: '100ms',
              ElectionTick: 10,
              HeartbeatTick: 1,
              MaxInflightBlocks: 16,
              SnapshotIntervalSize: '64 MB',
            },
          },
          Policies: { ...general, BlockValidation: meta('ANY Writers') },
          Capabilities: { V2_0: true },
        },
        Application: {
          Organizations: organisations,
          Policies: {
            ...general,
            LifecycleEndorsement: meta('MAJORITY Endorsement'),
            Endorsement: meta('ALL Endorsement'),
          },
          Capabilities: { V2_5: true },
        },
      },
    },
  }
}

/** `core.yaml` of a peer; what is not here is left as the program has it. */
export function peerSettings(peer: PeerPlan, files: NetworkFiles): object {
  const tls = join(files.peer(peer), 'tls')
  const address = `localhost:${peer.port}`
  const data = join(files.node(peer.name), 'data')
  return {
    peer: {
      id: peer.name,
      networkId: 'vpp',
      listenAddress: `127.0.0.1:${peer.port}`,
      address,
      chaincodeListenAddress: `127.0.0.1:${peer.chaincodeListenPort}`,
      chaincodeAddress: `localhost:${peer.chaincodeListenPort}`,
      gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '10s' },
      keepalive: {
        interval: '7200s',
        timeout: '20s',
        minInterval: '10s',
        client: { interval: '60s', timeout: '20s' },
        deliveryClient: { interval: '10s', timeout: '5s' },
      },
      gossip: {
        // Within its organisation a peer is alone; it finds the others by the channel's anchor peers.
        bootstrap: address,
        endpoint: address,
        externalEndpoint: address,
        // Every peer takes its blocks from the orderer itself: no election, no second way.
        useLeaderElection: false,
        orgLeader: true,
        aliveTimeInterval: '2s',
        aliveExpirationTimeout: '10s',
        reconnectInterval: '2s',
        state: { enabled: false },
        pvtData: { implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 } },
      },
      tls: {
        enabled: true,
        clientAuthRequired: false,
        cert: { file: join(tls, 'server.crt') },
        key: { file: join(tls, 'server.key') },
        rootcert: { file: join(tls, 'ca.crt') },
      },
      authentication: { timewindow: '15m' },
      fileSystemPath: data,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      mspConfigPath: join(files.peer(peer), 'msp'),
      localMspId: mspIdOf(peer.organisation),
      localMspType: 'bccsp',
      client: { connTimeout: '5s' },
      deliveryclient: {
        blockGossipEnabled: false,
        reconnectTotalTimeThreshold: '3600s',
        connTimeout: '3s',
        reConnectBackoffThreshold: '2s',
      },
      handlers: {
        authFilters: [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }],
        decorators: [{ name: 'DefaultDecorator' }],
        endorsers: { escc: { name: 'DefaultEndorsement' } },
        validators: { vscc: { name: 'DefaultValidation' } },
      },
      discovery: {
        enabled: true,
        authCacheEnabled: true,
        authCacheMaxSize: 1000,
        authCachePurgeRetentionRatio: 0.75,
      },
      limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 2500 } },
      maxRecvMsgSize: 104_857_600,
      maxSendMsgSize: 104_857_600,
    },
    // No Docker: chaincode runs as a service beside the peer.
    vm: { endpoint: '' },
    chaincode: {
      externalBuilders: [{ name: 'ccaas', path: BUILDER }],
      installTimeout: '60s',
      startuptimeout: '60s',
      executetimeout: '60s',
      mode: 'net',
      keepalive: 0,
      system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
      logging: { level: 'info', shim: 'warning' },
    },
    ledger: {
      state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
      history: { enableHistoryDatabase: true },
      pvtdataStore: {
        collElgProcMaxDbBatchSize: 5000,
        collElgProcDbBatchesInterval: 1000,
        deprioritizedDataReconcilerInterval: '60m',
        purgeInterval: 100,
      },
      snapshots: { rootDir: join(data, 'snapshots') },
    },
    operations: {
      listenAddress: `127.0.0.1:${peer.operationsPort}`,
      tls: {
        enabled: true,
        cert: { file: join(tls, 'server.crt') },
        key: { file: join(tls, 'server.key') },
        clientAuthRequired: true,
        clientRootCAs: { files: [join(tls, 'ca.crt')] },
      },
    },
    metrics: { provider: 'disabled' },
  }
}

/** `orderer.yaml`: no system channel; channels are joined through the admin port, which asks for a certificate. */
export function ordererSettings(orderer: OrdererPlan, files: NetworkFiles): object {
  const tls = join(files.orderer(orderer.name), 'tls')
  const data = join(files.node(orderer.name), 'data')
  const identity = {
    Enabled: true,
    PrivateKey: join(tls, 'server.key'),
    Certificate: join(tls, 'server.crt'),
    RootCAs: [join(tls, 'ca.crt')],
  }
  return {
    General: {
      ListenAddress: '127.0.0.1',
      ListenPort: orderer.port,
      TLS: { ...identity, ClientAuthRequired: false, ClientRootCAs: [] },
      Keepalive: { ServerMinInterval: '5s', ServerInterval: '7200s', ServerTimeout: '20s' },
      MaxRecvMsgSize: 104_857_600,
      MaxSendMsgSize: 104_857_600,
      Cluster: {
        SendBufferSize: 100,
        ClientCertificate: join(tls, 'server.crt'),
        ClientPrivateKey: join(tls, 'server.key'),
      },
      BootstrapMethod: 'none',
      LocalMSPDir: join(files.orderer(orderer.name), 'msp'),
      LocalMSPID: ORDERER_MSP,
      BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
      Authentication: { TimeWindow: '15m' },
    },
    FileLedger: { Location: join(data, 'ledger') },
    Operations: {
      ListenAddress: `127.0.0.1:${orderer.operationsPort}`,
      TLS: { ...identity, ClientAuthRequired: true, ClientRootCAs: [files.ordererTlsRoot] },
    },
    Metrics: { Provider: 'prometheus' },
    Admin: {
      ListenAddress: `127.0.0.1:${orderer.adminPort}`,
      TLS: { ...identity, ClientAuthRequired: true, ClientRootCAs: [files.ordererTlsRoot] },
    },
    ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
    Consensus: { WALDir: join(data, 'raft', 'wal'), SnapDir: join(data, 'raft', 'snapshot') },
  }
}
