import { status } from '@grpc/grpc-js'
import {
  GatewayError,
  type Proposal,
  StatusCode,
  type Transaction as Endorsed,
} from '@hyperledger/fabric-gateway'
import { common, peer as peerProtos } from '@hyperledger/fabric-protos'
import { setTimeout as sleep } from 'node:timers/promises'
import { VppError } from '../../../data/errors.ts'
import type { Transaction } from '../../contract/decide.ts'
import type { LedgerName } from '../chaincode/keys.ts'
import { type Envelope, encodeBatch, type Reply } from '../chaincode/wire.ts'
import type { Connection, Identity } from './connection.ts'
import { NotTaken } from './errors.ts'
import { codeOf, type Door, Gateways, isAway, saying } from './gateway.ts'
import { judge } from './judge.ts'

export interface SubmitterOptions {
  /** Submissions on their way at once; the next waits. */
  readonly inFlight?: number
  /** How long a submission may go without getting anywhere, seconds. */
  readonly patienceSeconds?: number
  /** Also order what changes nothing (refusals), so that the chain holds it. */
  readonly orderRefusals?: boolean
  /** Is told of everything that is tried again. */
  readonly onRetry?: (why: string) => void
}

/** What became of a submission on the network. */
export interface Outcome extends Reply {
  /** The network's name for the transaction; of one that was not ordered, of its proposal. */
  readonly transactionId: string
  /** Null: it changed nothing and was not ordered. */
  readonly block: bigint | null
}

/** Thrown within, to begin again with a new proposal. */
class Again extends Error {}

const { TxValidationCode } = peerProtos
/** Another transaction came first; what this one read is no longer so. */
const CONFLICTS: ReadonlySet<number> = new Set([
  TxValidationCode.MVCC_READ_CONFLICT,
  TxValidationCode.PHANTOM_READ_CONFLICT,
])
/** What an error of ordering says when the transaction may have been taken all the same. */
const LOST: ReadonlySet<number> = new Set([status.ABORTED, status.UNKNOWN])
/** Errors of endorsing that show when peers are gone or have just come back: no plan, or an endorsement too few. */
const NO_PLAN: ReadonlySet<number> = new Set([
  status.ABORTED,
  status.FAILED_PRECONDITION,
  status.UNKNOWN,
  status.INTERNAL,
  status.NOT_FOUND,
])
/** Mismatches in a row before the peers are examined: a peer that is only behind catches up sooner. */
const MISMATCHES = 6

/**
 * Brings batches of transactions onto the network. Each is endorsed by all organisations, ordered and
 * committed before its promise resolves. On a conflict it is proposed anew after a pause; when it is unknown
 * whether one was committed, the network is asked first; and since the contract knows a transaction by
 * its client and sequence number, whatever is sent twice has one effect.
 */
export class Submitter {
  readonly gateways: Gateways
  readonly ledger: LedgerName
  readonly #options: Required<SubmitterOptions>
  #running = 0
  readonly #waiting: (() => void)[] = []
  /** The last block that holds something of this submitter. */
  lastBlock = 0n
  /** How often something was tried again, by reason. */
  readonly retries: Record<string, number> = {}

  constructor(
    connection: Connection,
    identity: Identity,
    ledger: LedgerName,
    options: SubmitterOptions = {},
  ) {
    this.gateways = new Gateways(connection, identity)
    this.ledger = ledger
    this.#options = {
      inFlight: 64,
      patienceSeconds: 120,
      orderRefusals: false,
      onRetry: () => {},
      ...options,
    }
  }

  close(): void {
    this.gateways.close()
  }

  /** Resolves when one more submission may be on its way: for whoever makes them faster than they are taken. */
  async room(): Promise<void> {
    while (this.#running >= this.#options.inFlight) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /**
   * @throws NotTaken when the chaincode takes it for no submission, Disagreement when a peer's chaincode is
   *   another, VppError when the network gets nowhere for too long
   */
  async submit(transactions: readonly Transaction[], envelope: Envelope = {}): Promise<Outcome> {
    const batch = encodeBatch(transactions)
    const text = Object.keys(envelope).length === 0 ? '' : JSON.stringify(envelope)
    await this.room()
    this.#running++
    try {
      return await this.#untilDone(transactions, envelope, [this.ledger.text, batch, text])
    } finally {
      this.#running--
      this.#waiting.shift()?.()
    }
  }

  async #untilDone(
    transactions: readonly Transaction[],
    envelope: Envelope,
    args: (string | Uint8Array)[],
  ): Promise<Outcome> {
    const until = performance.now() + this.#options.patienceSeconds * 1000
    let mismatches = 0
    for (let attempt = 0; ; attempt++) {
      const { door } = this.gateways
      const proposal = this.#propose(door, args)
      try {
        return await this.#attempt(door, proposal)
      } catch (error) {
        const why = saying(error)
        const reason = reasonOf(error, why)
        if (reason === null) throw asVppError(error, why)
        if (reason === 'mismatch' && ++mismatches % MISMATCHES === 0) {
          const { identity } = this.gateways
          const { credential: submitter } = identity
          const id = proposal.getTransactionId()
          const submission = { ledger: this.ledger, transactions, envelope, submitter, id }
          await judge(this.gateways, submission, proposal.getBytes(), error)
        }
        if (performance.now() > until) {
          throw new VppError(
            'failure',
            {
              place: `network of ${this.gateways.connection.path}`,
              problem: `got nowhere for ${this.#options.patienceSeconds} s: ${why}`,
              fix: 'see `vpp fabric status` and `vpp fabric logs`; then run the same command again, it goes on where it was',
            },
            error,
          )
        }
        this.retries[reason] = (this.retries[reason] ?? 0) + 1
        this.#options.onRetry(`${reason}: ${why}`)
        if (reason === 'away') this.gateways.next(door)
        // Whoever conflicted waits a different time than the other did.
        await sleep(Math.min(2000, 10 * 2 ** Math.min(attempt, 8)) * (0.5 + Math.random()))
      }
    }
  }

  #propose({ gateway }: Door, args: (string | Uint8Array)[]): Proposal {
    const { channel, chaincode } = this.gateways.connection
    return gateway.getNetwork(channel).getContract(chaincode).newProposal('submit', { arguments: args })
  }

  async #attempt(door: Door, proposal: Proposal): Promise<Outcome> {
    const endorsed = await proposal.endorse()
    const reply = JSON.parse(Buffer.from(endorsed.getResult()).toString('utf8')) as Reply
    const transactionId = endorsed.getTransactionId()
    const changes = reply.answers.some((answer) => 'ok' in answer && answer.ok.startsWith(transactionId))
    if (!changes && !this.#options.orderRefusals) return { ...reply, transactionId, block: null }
    const { code, block } = await this.#commit(door, endorsed)
    if (block > this.lastBlock) this.lastBlock = block
    if (CONFLICTS.has(code)) throw new Again('conflict')
    if (code !== StatusCode.VALID) throw refusedByNetwork(`a transaction is ${nameOf(code)}`)
    return { ...reply, transactionId, block }
  }

  /** Orders an endorsed transaction and waits for its block; asks the network when an answer is lost. */
  async #commit(door: Door, endorsed: Endorsed): Promise<{ code: number; block: bigint }> {
    try {
      const commit = await endorsed.submit()
      const { code, blockNumber } = await commit.getStatus()
      return { code, block: blockNumber }
    } catch (error) {
      if (!isAway(error) && !LOST.has(codeOf(error))) throw error
      this.#options.onRetry(`unknown commit: ${saying(error)}`)
      this.retries.unknown = (this.retries.unknown ?? 0) + 1
      if (isAway(error)) this.gateways.next(door)
      const found = await this.#lookUp(endorsed.getTransactionId())
      if (found !== null) return found
      throw new Again('lost')
    }
  }

  /** What the chain says of a transaction; null when it does not have it within a few seconds. */
  async #lookUp(transactionId: string): Promise<{ code: number; block: bigint } | null> {
    const { channel } = this.gateways.connection
    for (let left = 10; left > 0; left--) {
      const { door } = this.gateways
      const qscc = door.gateway.getNetwork(channel).getContract('qscc')
      try {
        const found = await qscc.evaluateTransaction('GetTransactionByID', channel, transactionId)
        const processed = peerProtos.ProcessedTransaction.deserializeBinary(found)
        const block = await qscc.evaluateTransaction('GetBlockByTxID', channel, transactionId)
        const number = common.Block.deserializeBinary(block).getHeader()?.getNumber() ?? 0
        return { code: processed.getValidationcode(), block: BigInt(number) }
      } catch (error) {
        if (isAway(error)) this.gateways.next(door)
      }
      await sleep(300)
    }
    return null
  }
}

const refusedByNetwork = (problem: string, cause?: unknown): VppError =>
  new VppError(
    'failure',
    { place: 'the network', problem, fix: 'does the connection file name the right identities and channel?' },
    cause,
  )

const nameOf = (code: number): string =>
  Object.entries(TxValidationCode).find(([, value]) => value === code)?.[0] ?? String(code)

/** Why it is worth to try again; null: it is not. */
function reasonOf(error: unknown, why: string): string | null {
  if (error instanceof Again) return error.message
  if (/malformed: |internal: /.test(why)) return null
  if (/ProposalResponsePayloads do not match/.test(why)) return 'mismatch'
  if (isAway(error)) return 'away'
  return NO_PLAN.has(codeOf(error)) ? 'away' : null
}

function asVppError(error: unknown, why: string): unknown {
  const said = /(?:malformed|internal): [^;]*/.exec(why)
  if (said !== null) return new NotTaken(said[0], error)
  return error instanceof GatewayError ? refusedByNetwork(why, error) : error
}
