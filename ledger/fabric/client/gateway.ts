import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js'
import { connect, type Gateway, GatewayError, hash, signers } from '@hyperledger/fabric-gateway'
import type { Connection, Identity, Peer } from './connection.ts'

/** Milliseconds that one call may take before the client asks elsewhere. */
const DEADLINE = { evaluate: 30_000, endorse: 30_000, submit: 30_000, status: 60_000 }

/** A peer's gateway, spoken to as one identity. */
export interface Door {
  readonly peer: Peer
  readonly gateway: Gateway
}

function dial({ endpoint, tlsRoot, tlsName }: Peer): Client {
  return new Client(endpoint, credentials.createSsl(tlsRoot), {
    'grpc.max_receive_message_length': 104_857_600,
    'grpc.max_send_message_length': 104_857_600,
    'grpc.keepalive_time_ms': 60_000,
    'grpc.initial_reconnect_backoff_ms': 200,
    'grpc.max_reconnect_backoff_ms': 2000,
    ...(tlsName === undefined ? {} : { 'grpc.ssl_target_name_override': tlsName }),
  })
}

/**
 * The gateways of a network's peers. Calls go to one of them, at first one of the identity's own
 * organisation; when it does not answer, `next` turns to another.
 */
export class Gateways {
  readonly connection: Connection
  readonly identity: Identity
  readonly #clients: Client[]
  readonly doors: readonly Door[]
  #current: number

  constructor(connection: Connection, identity: Identity) {
    this.connection = connection
    this.identity = identity
    this.#clients = connection.peers.map(dial)
    this.doors = connection.peers.map((peer, at) => ({
      peer,
      gateway: connect({
        client: this.#clients[at],
        identity: { mspId: identity.mspId, credentials: Buffer.from(identity.certificate) },
        signer: signers.newPrivateKeySigner(identity.key),
        hash: hash.sha256,
        evaluateOptions: () => ({ deadline: Date.now() + DEADLINE.evaluate }),
        endorseOptions: () => ({ deadline: Date.now() + DEADLINE.endorse }),
        submitOptions: () => ({ deadline: Date.now() + DEADLINE.submit }),
        commitStatusOptions: () => ({ deadline: Date.now() + DEADLINE.status }),
      }),
    }))
    this.#current = Math.max(
      0,
      connection.peers.findIndex(({ mspId }) => mspId === identity.mspId),
    )
  }

  get door(): Door {
    return this.doors[this.#current]
  }

  /** Turns away from a door that did not answer, unless somebody has done so already. */
  next(from: Door): void {
    if (this.door === from) this.#current = (this.#current + 1) % this.doors.length
  }

  close(): void {
    for (const { gateway } of this.doors) gateway.close()
    for (const client of this.#clients) client.close()
  }
}

/** The code of a gRPC error, `OK` for anything else. */
export const codeOf = (error: unknown): number =>
  error instanceof GatewayError ? error.code : ((error as Partial<ServiceError> | null)?.code ?? status.OK)

const AWAY: ReadonlySet<number> = new Set([
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.CANCELLED,
  status.RESOURCE_EXHAUSTED,
])

/** Nobody is at the other end, or not in time: another peer, or the same one later, may answer. */
export const isAway = (error: unknown): boolean => AWAY.has(codeOf(error))

/** All that an error says, with what each peer says. */
export function saying(error: unknown): string {
  if (!(error instanceof GatewayError)) return error instanceof Error ? error.message : String(error)
  const details = error.details.map(({ address, mspId, message }) => `${mspId} ${address}: ${message}`)
  return [error.message, ...details].join('; ')
}
