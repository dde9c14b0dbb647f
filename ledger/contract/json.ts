import type { Transaction } from './decide.ts'
import { type FieldType, type Operation, type OperationName, OPERATIONS } from './operations.ts'
import { readI64, readText, textWords } from './words.ts'

const BY_CODE = new Map<number, OperationName>(
  (Object.keys(OPERATIONS) as OperationName[]).map((name) => [OPERATIONS[name].code, name]),
)

/**
 * The JSON form of a transaction's operations, fields in the order of the table. An integer above
 * 2^53 cannot occur in a valid one, so numbers are written as numbers.
 */
export function operationsToJson(transaction: Pick<Transaction, 'words' | 'operations'>): Operation[] {
  const { words, operations } = transaction
  const list: Operation[] = []
  let at = 0
  for (let count = 0; count < operations; count++) {
    const name = BY_CODE.get(words[at] & 0xff)
    if (name === undefined) throw new Error(`operation ${count} has the unknown code ${words[at] & 0xff}`)
    const values: Record<string, string | number> = {}
    let field = at + 1
    for (const [label, type] of OPERATIONS[name].fields as readonly (readonly [string, FieldType])[]) {
      if (type === 'text') {
        values[label] = readText(words, field)
        field += textWords(words[field])
      } else if (type === 'i64') {
        values[label] = readI64(words, field)
        field += 2
      } else if (type === 'u32') values[label] = words[field++]
      else values[label] = type[words[field++] - 1]
    }
    list.push({ op: name, ...values } as unknown as Operation)
    at += words[at] >>> 8
  }
  return list
}
