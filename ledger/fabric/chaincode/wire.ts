import type { Transaction } from '../../contract/decide.ts'
import type { Refusal } from '../../contract/refusal.ts'
import { readI64, writeI64 } from '../../contract/words.ts'
import { RECORD_WORDS, TRANSACTION_MAGIC } from '../../local/block.ts'

/** The most that one submission may hold; the orderer takes 32 MB with everything around it. */
export const MAX_BATCH_BYTES = 4 << 20
export const MAX_ENVELOPE_BYTES = 1 << 20

/** What comes with transactions that cannot stand in them, because the in-process ledger has no certificates. */
export interface Envelope {
  /** `MSP:fingerprint` of accounts that the transactions register, by number. */
  readonly credentials?: Readonly<Record<string, string>>
  /** Certificates (PEM) of those who signed offline. */
  readonly certificates?: readonly string[]
  /** For each transaction: which certificate and the signature (base64), or null when the submitter is its client. */
  readonly signatures?: readonly (readonly [number, string] | null)[]
}

export type Answer = { readonly ok: string } | { readonly refused: Refusal }

/** What the chaincode returns; peers whose contracts differ return different ones. */
export interface Reply {
  readonly answers: readonly Answer[]
  /** SHA-256 over everything that is written. */
  readonly writes: string
}

/** Records one after the other, each as it stands in a block of the in-process ledger. */
export function encodeBatch(transactions: readonly Transaction[]): Uint8Array<ArrayBuffer> {
  const length = transactions.reduce((sum, { words }) => sum + RECORD_WORDS + words.length, 0)
  const out = new Int32Array(length)
  let at = 0
  for (const transaction of transactions) at = writeRecord(transaction, out, at)
  return new Uint8Array(out.buffer)
}

function writeRecord(
  { client, sequence, words, operations }: Transaction,
  out: Int32Array,
  at: number,
): number {
  out[at] = TRANSACTION_MAGIC
  out[at + 1] = RECORD_WORDS + words.length
  out[at + 2] = client
  writeI64(out, at + 3, sequence)
  out[at + 5] = operations
  out.set(words, at + RECORD_WORDS)
  return at + RECORD_WORDS + words.length
}

/** The transactions of a batch, or what is wrong with it. */
export function decodeBatch(bytes: Uint8Array): Transaction[] | string {
  if (bytes.length > MAX_BATCH_BYTES) return `${bytes.length} bytes; at most ${MAX_BATCH_BYTES}`
  if (bytes.length === 0 || bytes.length % 4 !== 0) return 'no whole words'
  const words = new Int32Array(new Uint8Array(bytes).buffer)
  const transactions: Transaction[] = []
  for (let at = 0; at < words.length;) {
    const length = words[at + 1]
    if (words[at] !== TRANSACTION_MAGIC || length < RECORD_WORDS || at + length > words.length) {
      return `no record at word ${at}`
    }
    transactions.push({
      client: words[at + 2],
      sequence: readI64(words, at + 3),
      operations: words[at + 5],
      words: words.subarray(at + RECORD_WORDS, at + length),
    })
    at += length
  }
  return transactions
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The envelope, or what is wrong with it. An empty text is an empty one. */
export function decodeEnvelope(text: string): Envelope | string {
  if (text.length > MAX_ENVELOPE_BYTES) return `${text.length} characters; at most ${MAX_ENVELOPE_BYTES}`
  if (text === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'no JSON'
  }
  if (!isRecord(value)) return 'no object'
  const { credentials = {}, certificates = [], signatures = [], ...others } = value
  if (Object.keys(others).length > 0) return `unknown member ${Object.keys(others)[0]}`
  const texts = (list: unknown): boolean =>
    Array.isArray(list) && list.every((one) => typeof one === 'string')
  if (!isRecord(credentials) || !texts(Object.values(credentials)))
    return 'credentials must be texts by account'
  if (!texts(certificates)) return 'certificates must be texts'
  const isSignature = (one: unknown): boolean =>
    one === null ||
    (Array.isArray(one) && one.length === 2 && Number.isInteger(one[0]) && typeof one[1] === 'string')
  if (!Array.isArray(signatures) || !signatures.every(isSignature))
    return 'signatures must be [certificate, text]'
  return value
}

/** What is signed offline: the ledger's name and the transaction's record, so that it counts nowhere else. */
export function signedBytes(ledger: string, transaction: Transaction): Uint8Array {
  const name = new TextEncoder().encode(`VPPS ${ledger}\n`)
  const record = encodeBatch([transaction])
  const bytes = new Uint8Array(name.length + record.length)
  bytes.set(name)
  bytes.set(record, name.length)
  return bytes
}
