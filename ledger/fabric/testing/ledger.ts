import { TransactionWriter } from '../../contract/writer.ts'
import type { Operation } from '../../contract/operations.ts'
import type { Transaction } from '../../contract/decide.ts'
import type { LedgerUnderTest } from '../../behaviour/ledger-under-test.ts'
import { answersOf } from '../../behaviour/local.ts'
import type { LocalLedger } from '../../local/ledger.ts'
import { type LedgerName, ledgerName } from '../chaincode/keys.ts'
import type { Answer } from '../chaincode/wire.ts'
import { type Connection, needIdentity } from '../client/connection.ts'
import type { Gateways } from '../client/gateway.ts'
import { query, untilBlock } from '../client/queries.ts'
import { Submitter, type SubmitterOptions } from '../client/submitter.ts'
import { canonical, worldState } from '../client/world-state.ts'

/** Which identity speaks for the accounts of the suite's neighborhood. */
const SPEAKERS: Readonly<Record<number, string>> = {
  1: 'operator',
  2: 'utility',
  3: 'oracle',
  12: 'stranger',
}
export const speakerOf = (account: number): string => SPEAKERS[account] ?? 'operator'

export const named = (text: string): LedgerName => {
  const name = ledgerName(text)
  if (name === null) throw new Error(`${text} is no name of a ledger`)
  return name
}

export const transactionOf = (
  client: number,
  sequence: number,
  operations: readonly Operation[],
): Transaction => {
  const writer = new TransactionWriter()
  for (const operation of operations) writer.add(operation)
  return writer.transaction(client, sequence)
}

/** Submitters of all identities for one ledger. */
export class Speakers {
  readonly #connection: Connection
  readonly #options: SubmitterOptions
  readonly #ledger: LedgerName
  readonly #submitters = new Map<string, Submitter>()

  constructor(connection: Connection, ledger: LedgerName, options: SubmitterOptions = {}) {
    this.#connection = connection
    this.#ledger = ledger
    this.#options = options
  }

  of(name: string): Submitter {
    let submitter = this.#submitters.get(name)
    if (submitter === undefined) {
      submitter = new Submitter(
        this.#connection,
        needIdentity(this.#connection, name),
        this.#ledger,
        this.#options,
      )
      this.#submitters.set(name, submitter)
    }
    return submitter
  }

  /** Credentials of the accounts that operations register. */
  credentials(operations: readonly Operation[]): Record<string, string> {
    const registered = operations.flatMap((one) => (one.op === 'register' ? [one.account] : []))
    return Object.fromEntries(
      registered.map((account) => [account, needIdentity(this.#connection, speakerOf(account)).credential]),
    )
  }

  async submit(client: number, sequence: number, operations: readonly Operation[]): Promise<Answer> {
    const credentials = this.credentials(operations)
    const envelope = Object.keys(credentials).length === 0 ? {} : { credentials }
    const submitter = this.of(speakerOf(client))
    const { answers } = await submitter.submit([transactionOf(client, sequence, operations)], envelope)
    return answers[0]
  }

  /** The operator's view of the network once it has all that was submitted here. */
  async settled(): Promise<Gateways> {
    const { gateways } = this.of('operator')
    const blocks = [...this.#submitters.values()].map(({ lastBlock }) => lastBlock)
    for (const block of blocks) await untilBlock(gateways, block)
    return gateways
  }

  close(): void {
    for (const submitter of this.#submitters.values()) submitter.close()
  }
}

let ledgers = 0

/** A new ledger on the network, under the behaviour suite. */
export function fabricLedger(speakers: (ledger: LedgerName) => Speakers): Promise<LedgerUnderTest> {
  const ledger = named(`suite-${process.pid}-${++ledgers}`)
  const all = speakers(ledger)
  /** The suite's questions are answered from the committed state, as any client sees it. */
  const answers = async () => {
    const view = await worldState(await all.settled(), ledger)
    return answersOf({ view, stateHash: () => canonical(view).hash } as unknown as LocalLedger)
  }
  return Promise.resolve({
    submit: async (client, sequence, operations) => {
      const answer = await all.submit(client, sequence, operations)
      return 'ok' in answer ? answer : { refused: answer.refused.code }
    },
    money: async (account) => {
      const found = await query<{ balanceMicroUsd: number; creditMicroUsd: number }>(
        await all.settled(),
        'account',
        ledger.text,
        String(account),
      )
      return { balance: found.balanceMicroUsd, credit: found.creditMicroUsd }
    },
    lot: async (...name) => (await answers()).lot(...name),
    battery: async (asset) => (await answers()).battery(asset),
    unsettledExport: async (site) => (await answers()).unsettledExport(site),
    stateHash: async () => (await answers()).stateHash(),
  })
}
