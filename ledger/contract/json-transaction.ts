import type { Transaction } from './decide.ts'
import { operationsToJson } from './json.ts'
import { type FieldType, type Operation, type OperationName, OPERATIONS } from './operations.ts'
import { MAX_TEXT_BYTES } from './shape.ts'
import { EXACT } from './vocabulary.ts'
import { TransactionWriter } from './writer.ts'

/**
 * The canonical JSON of a transaction: no white space, members in the order of the specification, so
 * that equal transactions are equal texts.
 */
export function transactionToJson(transaction: Transaction): string {
  const { client, sequence } = transaction
  return JSON.stringify({ client, sequence, operations: operationsToJson(transaction) })
}

/** Where and why a text is no transaction, like `operations[2].milliWh is 1.5; must be a whole number`. */
export interface JsonProblem {
  readonly problem: string
}

const utf8 = new TextEncoder()

/** A transaction from its JSON; members may come in any order, but all must be there and no other. */
export function transactionFromJson(text: string): Transaction | JsonProblem {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'the text is no JSON' }
  }
  if (!hasMembers(value, ['client', 'sequence', 'operations'])) {
    return { problem: 'the transaction must have client, sequence and operations, and nothing else' }
  }
  const { client, sequence, operations } = value
  if (!isWhole(client, 0, 2 ** 31 - 1)) return { problem: 'client must be an account' }
  if (!isWhole(sequence, 1, EXACT)) return { problem: 'sequence must be a whole number from 1' }
  if (!Array.isArray(operations) || operations.length === 0) {
    return { problem: 'operations must be a list that is not empty' }
  }
  const writer = new TransactionWriter()
  for (const [at, operation] of operations.entries()) {
    const problem = problemOf(operation)
    if (problem !== null) return { problem: `operations[${at}]${problem}` }
    writer.add(operation as Operation)
  }
  return writer.transaction(client, sequence)
}

function problemOf(value: unknown): string | null {
  const name = (value as { op?: unknown } | null)?.op
  if (typeof name !== 'string' || !Object.hasOwn(OPERATIONS, name)) return '.op is no operation'
  const fields: readonly (readonly [string, FieldType])[] = OPERATIONS[name as OperationName].fields
  if (!hasMembers(value, ['op', ...fields.map(([field]) => field)])) {
    return ` must have exactly the fields of ${name}: ${fields.map(([field]) => field).join(', ')}`
  }
  for (const [field, type] of fields) {
    const wrong = wrongField(value[field], type)
    if (wrong !== null) return `.${field} is ${JSON.stringify(value[field])}; must be ${wrong}`
  }
  return null
}

/** What a field must be and is not; null when it is. */
function wrongField(value: unknown, type: FieldType): string | null {
  if (type === 'u32') return isWhole(value, 0, 2 ** 31 - 1) ? null : 'a whole number from 0 to 2^31 − 1'
  if (type === 'i64') return isWhole(value, -EXACT, EXACT) ? null : 'a whole number between ±(2^53 − 1)'
  if (type !== 'text') return type.includes(value as string) ? null : `one of ${type.join(', ')}`
  const good =
    typeof value === 'string' && value.isWellFormed() && utf8.encode(value).length <= MAX_TEXT_BYTES
  return good ? null : `a text of at most ${MAX_TEXT_BYTES} bytes`
}

function hasMembers(value: unknown, names: readonly string[]): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const had = Object.keys(value)
  return had.length === names.length && names.every((name) => Object.hasOwn(value, name))
}

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isInteger(value) && !Object.is(value, -0) && (value as number) >= least && (value as number) <= most
