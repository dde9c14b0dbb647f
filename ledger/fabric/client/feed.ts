import { VppError } from '../../../data/errors.ts'
import type { Transaction } from '../../contract/decide.ts'
import type { LedgerName } from '../chaincode/keys.ts'
import { type Envelope, MAX_BATCH_BYTES, signedBytes } from '../chaincode/wire.ts'
import { type Connection, type Identity, needIdentity, signatureOf } from './connection.ts'
import { query, untilBlock } from './queries.ts'
import { Submitter, type SubmitterOptions } from './submitter.ts'
import { canonical, worldState } from './world-state.ts'

export interface FeedOptions extends SubmitterOptions {
  /** Who carries the batches; the others sign what is theirs. */
  readonly carrier?: string
  /** Operations after which a batch is full. */
  readonly operationsPerBatch?: number
}

/** How a feed went. */
export interface FeedResult {
  readonly ledger: string
  readonly stateHash: string
  /** Transactions that this feed brought onto the network, and those that it found there. */
  readonly transactions: number
  readonly foundThere: number
  readonly batches: number
  readonly retries: Readonly<Record<string, number>>
}

/** Operations of a batch, by measurement: a day of twelve homes in five or six blocks. */
const OPERATIONS_PER_BATCH = 2000

/**
 * Brings a ledger's transactions onto the network in their order, packed: each batch is endorsed on what the one
 * before has committed. What the network has already is passed over, so that a feed that was cut off is
 * simply begun again: the chain itself is the checkpoint. One identity carries the batches; each client signs
 * its own transactions with its own certificate's key.
 */
export class Feed {
  readonly #submitter: Submitter
  readonly #carrier: Identity
  readonly #speakers: ReadonlyMap<number, Identity>
  /** The highest number of each client that the network has. */
  readonly #heads: Readonly<Record<string, number>>
  readonly #operationsPerBatch: number
  #batch: Transaction[] = []
  #operations = 0
  #bytes = 0
  #transactions = 0
  #foundThere = 0
  #batches = 0

  private constructor(
    submitter: Submitter,
    carrier: Identity,
    speakers: ReadonlyMap<number, Identity>,
    heads: Readonly<Record<string, number>>,
    operationsPerBatch: number,
  ) {
    this.#submitter = submitter
    this.#carrier = carrier
    this.#speakers = speakers
    this.#heads = heads
    this.#operationsPerBatch = operationsPerBatch
  }

  /** @param speakers which identity of the connection speaks for an account */
  static async open(
    connection: Connection,
    ledger: LedgerName,
    speakers: Readonly<Record<number, string>>,
    options: FeedOptions = {},
  ): Promise<Feed> {
    const carrier = needIdentity(connection, options.carrier ?? 'operator')
    const identities = new Map(
      Object.entries(speakers).map(([account, name]) => [Number(account), needIdentity(connection, name)]),
    )
    const submitter = new Submitter(connection, carrier, ledger, options)
    const heads = await query<Record<string, number>>(submitter.gateways, 'heads', ledger.text)
    return new Feed(submitter, carrier, identities, heads, options.operationsPerBatch ?? OPERATIONS_PER_BATCH)
  }

  /** Takes a transaction (a copy of its words is kept) and waits while a full batch is brought onto the network. */
  async add(transaction: Transaction): Promise<void> {
    if (transaction.sequence <= (this.#heads[transaction.client] ?? 0)) {
      this.#foundThere++
      return
    }
    const bytes = 24 + transaction.words.length * 4
    if (this.#bytes + bytes > MAX_BATCH_BYTES / 2) await this.flush()
    this.#batch.push({ ...transaction, words: transaction.words.slice() })
    this.#operations += transaction.operations
    this.#bytes += bytes
    if (this.#operations >= this.#operationsPerBatch) await this.flush()
  }

  /** Brings what was taken so far onto the network. */
  async flush(): Promise<void> {
    const batch = this.#batch
    if (batch.length === 0) return
    this.#batch = []
    this.#operations = 0
    this.#bytes = 0
    const { answers } = await this.#submitter.submit(batch, this.#envelope(batch))
    for (const [place, answer] of answers.entries()) {
      if ('ok' in answer) continue
      const { client, sequence } = batch[place]
      throw new VppError('failure', {
        place: `ledger ${this.#submitter.ledger.text}, transaction ${client}/${sequence}`,
        problem: `the network refused it: ${answer.refused.code} (${answer.refused.subject})`,
        fix: 'compare the ledgers with `vpp ledger diff`; another run may have written to this one',
      })
    }
    this.#transactions += batch.length
    this.#batches++
  }

  #envelope(batch: readonly Transaction[]): Envelope {
    const credentials = Object.fromEntries(
      [...this.#speakers].map(([account, { credential }]) => [String(account), credential]),
    )
    const certificates: string[] = []
    const signatures = batch.map((transaction): [number, string] | null => {
      const speaker = this.#speakers.get(transaction.client)
      if (speaker === undefined || speaker === this.#carrier) return null
      let place = certificates.indexOf(speaker.certificate)
      if (place < 0) place = certificates.push(speaker.certificate) - 1
      const signature = signatureOf(speaker, signedBytes(this.#submitter.ledger.text, transaction))
      return [place, signature.toString('base64')]
    })
    return { credentials, certificates, signatures }
  }

  /** Brings the rest, and reads back what the network holds now. */
  async finish(): Promise<FeedResult> {
    await this.flush()
    const { ledger, gateways, lastBlock } = this.#submitter
    await untilBlock(gateways, lastBlock)
    return {
      ledger: ledger.text,
      stateHash: canonical(await worldState(gateways, ledger)).hash,
      transactions: this.#transactions,
      foundThere: this.#foundThere,
      batches: this.#batches,
      retries: this.#submitter.retries,
    }
  }

  close(): void {
    this.#submitter.close()
  }
}
