import type { ChaincodeInterface, ChaincodeResponse, ChaincodeStub, Iterators } from 'fabric-shim'
import shim from 'fabric-shim'
import { transactionFromJson } from '../../contract/json-transaction.ts'
import { credentialOf } from './authority.ts'
import { execute } from './execute.ts'
import { Keys, type LedgerName, ledgerName } from './keys.ts'
import { accountOf, assetOf, heads, lotQuery, lots } from './queries.ts'
import { lotName, trace, type Version } from './trace.ts'
import { decodeBatch, decodeEnvelope, type Envelope } from './wire.ts'
import type { StateReader } from './world.ts'
import type { Transaction } from '../../contract/decide.ts'

/** Told to the client as it stands; nothing is written. */
class Refused extends Error {}

/** The committed state through the peer. */
function stateOf(stub: ChaincodeStub): StateReader {
  return {
    get: (key) => stub.getState(key),
    range: async (first, end) => {
      const rows: [string, Uint8Array][] = []
      for await (const { key, value } of stub.getStateByRange(first, end)) rows.push([key, value])
      // A peer cuts an answer off at its limit and does not say so.
      if (rows.length > 0 && rows.length % 10_000 === 0) throw new Refused(`${rows.length} keys in one range`)
      return rows
    },
  }
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value))

function nameOf(text: string | undefined): LedgerName {
  const name = ledgerName(text ?? '')
  if (name === null) throw new Refused('malformed: the first argument must name a ledger')
  return name
}

function numberOf(text: string | undefined): number {
  if (text === undefined || !/^\d{1,7}$/.test(text)) throw new Refused('malformed: a number was expected')
  return Number(text)
}

async function submit(
  stub: ChaincodeStub,
  ledger: LedgerName,
  transactions: Transaction[],
  envelope: Envelope,
) {
  const { mspid, idBytes } = stub.getCreator()
  const submitter = credentialOf(mspid, Buffer.from(idBytes).toString('utf8'))
  if (submitter === null) throw new Refused('malformed: the creator has no certificate')
  const id = stub.getTxID()
  const { reply, writes } = await execute(stateOf(stub), { ledger, transactions, envelope, submitter, id })
  await Promise.all(
    [...writes].map(([key, value]) => (value === null ? stub.deleteState(key) : stub.putState(key, value))),
  )
  const payload = json(reply)
  const tell = {
    ledger: ledger.text,
    transactions: transactions.map(({ client, sequence }) => [client, sequence]),
  }
  stub.setEvent('transactions', json({ ...tell, answers: reply.answers }))
  return payload
}

function envelopeOf(text: string | undefined): Envelope {
  const envelope = decodeEnvelope(text ?? '')
  if (typeof envelope === 'string') throw new Refused(`malformed: envelope: ${envelope}`)
  return envelope
}

const FUNCTIONS: Record<string, (stub: ChaincodeStub, args: Uint8Array[]) => Promise<Uint8Array>> = {
  /** ledger, records, envelope → what became of each */
  submit: async (stub, [name, batch, envelope]) => {
    const ledger = nameOf(textOf(name))
    const transactions = decodeBatch(batch ?? new Uint8Array())
    if (typeof transactions === 'string') throw new Refused(`malformed: batch: ${transactions}`)
    return submit(stub, ledger, transactions, envelopeOf(textOf(envelope)))
  },
  /** ledger, transaction as JSON, envelope: for `peer chaincode invoke` and other tools */
  submitJson: async (stub, [name, text, envelope]) => {
    const ledger = nameOf(textOf(name))
    const transaction = transactionFromJson(textOf(text) ?? '')
    if ('problem' in transaction) throw new Refused(`malformed: ${transaction.problem}`)
    return submit(stub, ledger, [transaction], envelopeOf(textOf(envelope)))
  },
  account: async (stub, [name, number]) =>
    json(await accountOf(stateOf(stub), new Keys(nameOf(textOf(name))), numberOf(textOf(number)))),
  asset: async (stub, [name, number]) =>
    json(await assetOf(stateOf(stub), new Keys(nameOf(textOf(name))), numberOf(textOf(number)))),
  /** ledger, `{"asset", "location", "date", "owner", "state"}`, any of them → living lots */
  lots: async (stub, [name, text]) => {
    const query = lotQuery(textOf(text) ?? '{}')
    if (query === null) throw new Refused('malformed: lots takes asset, location, date, owner, state')
    return json(await lots(stateOf(stub), new Keys(nameOf(textOf(name))), query))
  },
  /** ledger, `asset/minute/source/from` → every change of the lot */
  trace: async (stub, [name, text]) => {
    const lot = lotName(textOf(text) ?? '')
    if (lot === null) throw new Refused('malformed: a lot is named asset/minute/source/from')
    return json(await trace((key) => historyOf(stub, key), new Keys(nameOf(textOf(name))), lot))
  },
  heads: async (stub, [name]) => json(await heads(stateOf(stub), new Keys(nameOf(textOf(name))))),
  /** ledger, bookmark → a page of its raw keys and values, for the state hash */
  state: async (stub, [name, bookmark]) => {
    const [first, end] = new Keys(nameOf(textOf(name))).all()
    const page = await stub.getStateByRangeWithPagination(first, end, 1000, textOf(bookmark) ?? '')
    const rows: [string, string][] = []
    for await (const { key, value } of within(page)) rows.push([key, Buffer.from(value).toString('base64')])
    return json({ rows, bookmark: page.metadata.fetchedRecordsCount < 1000 ? '' : page.metadata.bookmark })
  },
  /** ledger, key… → raw values: what a client needs to run the contract itself */
  values: async (stub, [name, ...keys]) => {
    const ledger = nameOf(textOf(name))
    const texts = keys.map((key) => textOf(key) ?? '')
    if (texts.some((key) => !key.startsWith(`${ledger.text}/`)))
      throw new Refused('malformed: a key of another ledger')
    const values = await Promise.all(texts.map((key) => stub.getState(key)))
    return json(values.map((value) => Buffer.from(value).toString('base64')))
  },
  /** ledger, first key, end → raw keys and values */
  range: async (stub, [name, first, end]) => {
    const ledger = nameOf(textOf(name))
    const bounds = [textOf(first) ?? '', textOf(end) ?? ''] as const
    if (bounds.some((key) => !key.startsWith(`${ledger.text}/`)))
      throw new Refused('malformed: a key of another ledger')
    const rows = await stateOf(stub).range(...bounds)
    return json(rows.map(([key, value]) => [key, Buffer.from(value).toString('base64')]))
  },
  /** What the service runs, so that a wrong one is found at once. */
  version: async () => Promise.resolve(json({ contract: 1, node: process.version })),
}

const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')

async function* within(page: {
  iterator: Iterators.StateQueryIterator
}): AsyncGenerator<{ key: string; value: Uint8Array }> {
  try {
    for (let next = await page.iterator.next(); !next.done; next = await page.iterator.next())
      yield next.value
  } finally {
    await page.iterator.close()
  }
}

/** Values of a key, oldest first. */
async function historyOf(stub: ChaincodeStub, key: string): Promise<Version[]> {
  const versions: Version[] = []
  for await (const { txId, value } of stub.getHistoryForKey(key)) versions.push({ transaction: txId, value })
  return versions.toReversed()
}

/** The ledger as a chaincode: arguments in, the contract's answers out. */
export class LedgerChaincode implements ChaincodeInterface {
  Init(): Promise<ChaincodeResponse> {
    return Promise.resolve(shim.success())
  }

  async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    const [name, ...args] = (stub as unknown as { getBufferArgs(): Uint8Array[] }).getBufferArgs()
    const text = textOf(name) ?? ''
    const run = Object.hasOwn(FUNCTIONS, text) ? FUNCTIONS[text] : null
    try {
      if (run === null) throw new Refused(`malformed: no function ${JSON.stringify(text.slice(0, 40))}`)
      return shim.success(Buffer.from(await run(stub, args)))
    } catch (error) {
      // The message becomes part of the endorsement: a stack would differ from peer to peer.
      const message = error instanceof Refused ? error.message : `internal: ${(error as Error).message}`
      if (!(error instanceof Refused)) process.stderr.write(`${(error as Error).stack}\n`)
      return shim.error(message)
    }
  }
}
