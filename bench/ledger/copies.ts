import type { Transaction } from '../../ledger/contract/decide.ts'
import { type FieldType, type OperationName, OPERATIONS } from '../../ledger/contract/operations.ts'
import { accountOf, meterOf } from '../../sim/accounts.ts'

const ACCOUNT_FIELDS = new Set(['actor', 'account', 'agent', 'owner'])
const ASSET_FIELDS = new Set(['asset', 'site', 'lotAsset', 'lotSource', 'battery', 'target'])
const BY_CODE = new Map<number, OperationName>(
  (Object.keys(OPERATIONS) as OperationName[]).map((name) => [OPERATIONS[name].code, name]),
)
const FIRST_HOME = accountOf(0)
const ASSETS_OF_HOME = meterOf(1) - meterOf(0)

/** Where an operation of this code names accounts and assets, in words from its header. */
interface Names {
  readonly accounts: readonly number[]
  readonly assets: readonly number[]
}

function namesOf(operation: OperationName): Names {
  const names = { accounts: [] as number[], assets: [] as number[] }
  let at = 1
  for (const [field, type] of OPERATIONS[operation].fields as readonly (readonly [string, FieldType])[]) {
    if (ACCOUNT_FIELDS.has(field)) names.accounts.push(at)
    if (ASSET_FIELDS.has(field)) names.assets.push(at)
    at += type === 'i64' ? 2 : 1
  }
  return names
}
const NAMES = new Map([...BY_CODE].map(([code, name]) => [code, namesOf(name)]))

/**
 * Makes a community of `homes` into one of `copies × homes`: every operation of a transaction is there for
 * each copy, with the homes' accounts and assets numbered on; operator, utility and oracle stay one. What
 * belongs to no home (their accounts, the tariff) stays once.
 */
export class Copier {
  readonly #homes: number
  readonly #copies: number
  #words = new Int32Array(1 << 16)

  constructor(homes: number, copies: number) {
    this.#homes = homes
    this.#copies = copies
  }

  /** The copied transaction; it shares this copier's memory until the next call. */
  copy({ client, sequence, words, operations }: Transaction): Transaction {
    const most = words.length * this.#copies
    if (most > this.#words.length) this.#words = new Int32Array(most * 2)
    let at = 0
    let count = 0
    for (let copy = 0; copy < this.#copies; copy++) {
      for (let from = 0; from < words.length; from += words[from] >>> 8) {
        const length = words[from] >>> 8
        this.#words.set(words.subarray(from, from + length), at)
        const moved = this.#renumber(at, copy)
        if (copy > 0 && !moved) continue
        at += length
        count++
      }
    }
    if (count < operations) throw new Error('a copy lost operations')
    return { client, sequence, words: this.#words.subarray(0, at), operations: count }
  }

  /** Numbers the operation at `at` for a copy; false when it is about no home. */
  #renumber(at: number, copy: number): boolean {
    const words = this.#words
    const names = NAMES.get(words[at] & 0xff)
    if (names === undefined) throw new Error('an operation that is not of the list')
    let moved = false
    for (const name of names.accounts) {
      if (words[at + name] < FIRST_HOME) continue
      words[at + name] += copy * this.#homes
      moved = true
    }
    for (const name of names.assets) {
      if (words[at + name] === 0) continue
      words[at + name] += copy * this.#homes * ASSETS_OF_HOME
      moved = true
    }
    return moved
  }
}
