import { createHash } from 'node:crypto'
import { decide, malformed, type Transaction } from '../../contract/decide.ts'
import { EventBuffer } from '../../contract/events.ts'
import type { Refusal } from '../../contract/refusal.ts'
import { malformedAt } from '../../contract/shape.ts'
import { PLATFORM_OPERATOR } from '../../contract/columns.ts'
import { validId } from '../../contract/vocabulary.ts'
import { fingerprint } from '../../local/client-window.ts'
import { registrations, speaks } from './authority.ts'
import { addNeeds, noNeeds } from './needs.ts'
import { Identifiers } from './identifiers.ts'
import { Keys, type LedgerName } from './keys.ts'
import type { Answer, Envelope, Reply } from './wire.ts'
import { type StateReader, World, type Writes } from './world.ts'

export interface Submission {
  readonly ledger: LedgerName
  readonly transactions: readonly Transaction[]
  readonly envelope: Envelope
  /** `MSP:fingerprint` of who sends it, as the peer has checked. */
  readonly submitter: string
  /** The network's own name for it. */
  readonly id: string
}

/**
 * Decides transactions one after the other on the committed state and what the ones before left, each all or
 * nothing. Knows nothing of Fabric: a client that doubts a peer runs it too. The same state and submission give the
 * same reply and the same writes.
 */
export async function execute(
  state: StateReader,
  { ledger, transactions, envelope, submitter, id }: Submission,
): Promise<{ reply: Reply; writes: Writes }> {
  const keys = new Keys(ledger)
  const world = new World(keys, state)
  const identifiers = new Identifiers(keys, state)
  const bound = new Credentials(keys, state)
  await Promise.all([
    world.need({ ...noNeeds(), platform: true }),
    identifiers.need(transactions.filter(({ client, sequence }) => isNamed(client, sequence))),
    bound.need(transactions.map(({ client }) => client)),
    prefetch(world, transactions),
  ])
  const answers: Answer[] = []
  for (const [place, transaction] of transactions.entries()) {
    answers.push(await one(transaction, place))
  }
  const writes = world.writes(id)
  identifiers.write(writes)
  bound.write(writes)
  return { reply: { answers, writes: digestOf(writes) }, writes }

  async function one(transaction: Transaction, place: number): Promise<Answer> {
    const { client, sequence, words, operations } = transaction
    const { view } = world
    const refused = (refusal: Refusal): Answer => ({ refused: refusal })
    const about = (code: Refusal['code']): Answer =>
      refused({ code, operation: 0, subject: `client ${client}`, asked: sequence, had: 0 })
    if (!isNamed(client, sequence)) return refused(malformed(`client ${client}`, 0, sequence, 1))
    const wrong = malformedAt(words, operations, { account: 0, asset: 0 })
    if (wrong >= 0) return refused(malformed('transaction', wrong, words.length, operations))
    // Who opens a ledger has no account yet: the contract takes only one that registers itself.
    const opens = view.platform[PLATFORM_OPERATOR] === 0 && bound.of(client) === ''
    const credential = opens ? submitter : bound.of(client)
    if (!speaks(credential, submitter, ledger.text, transaction, envelope, place))
      return about('not-authorised')
    const print = fingerprint(words)
    const known = await identifiers.look(client, sequence, print)
    if (known !== null) return typeof known === 'string' ? about(known) : known
    while (await world.need(addNeeds(noNeeds(), view, transaction))) {
      // The second answer may name more: the site of a panel, the panels of a site.
    }
    const decided = decide(view, transaction)
    if (!(decided instanceof EventBuffer)) return refused(decided)
    view.commit()
    const receipt = `${id}/${place}`
    identifiers.remember(client, sequence, print, receipt)
    for (const { account, actor, credential: given } of registrations(transaction)) {
      const self = opens && account === actor && account === client
      bound.bind(account, self ? submitter : given || (envelope.credentials?.[account] ?? ''))
    }
    return { ok: receipt }
  }
}

const isNamed = (client: number, sequence: number): boolean =>
  Number.isSafeInteger(sequence) && sequence >= 1 && validId(client)

/** What all the transactions name, and what follows from that: two rounds for the whole batch, not two for each. */
async function prefetch(world: World, transactions: readonly Transaction[]): Promise<void> {
  for (let round = 0; round < 2 && transactions.length > 1; round++) {
    const all = noNeeds()
    for (const transaction of transactions) addNeeds(all, world.view, transaction)
    await world.need(all)
  }
}

/** Which certificate speaks for an account. */
class Credentials {
  readonly #keys: Keys
  readonly #state: StateReader
  readonly #bound = new Map<number, string>()
  readonly #new = new Set<number>()

  constructor(keys: Keys, state: StateReader) {
    this.#keys = keys
    this.#state = state
  }

  async need(accounts: Iterable<number>): Promise<void> {
    await Promise.all(
      [...new Set(accounts)].filter(validId).map(async (account) => {
        const bytes = await this.#state.get(this.#keys.credential(account))
        this.#bound.set(account, Buffer.from(bytes).toString('utf8'))
      }),
    )
  }

  of(account: number): string {
    return this.#bound.get(account) ?? ''
  }

  bind(account: number, credential: string): void {
    if (credential === '') return
    this.#bound.set(account, credential)
    this.#new.add(account)
  }

  write(writes: Writes): void {
    for (const account of this.#new) {
      writes.set(this.#keys.credential(account), Buffer.from(this.of(account), 'utf8'))
    }
  }
}

/** Over keys and values in their order, each with its length; a removed key has the length −1. */
function digestOf(writes: Writes): string {
  const digest = createHash('sha256')
  const length = new Int32Array(2)
  for (const key of [...writes.keys()].toSorted()) {
    const value = writes.get(key) ?? null
    length.set([key.length, value === null ? -1 : value.length])
    digest.update(length).update(key, 'latin1')
    if (value !== null) digest.update(value)
  }
  return digest.digest('hex')
}
