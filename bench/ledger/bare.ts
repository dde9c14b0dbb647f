import { hash } from 'node:crypto'

/** Accounts of the bare limits, and what one of their records takes, words. */
const ACCOUNTS = 4096
const RECORD = 10
const RECORDS = 1000
const HEADER = 8

/** A pseudo-random transfer: who pays, who is paid, how much. */
const next = (state: number): number => (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
const payerOf = (state: number): number => (state >>> 8) & (ACCOUNTS - 1)
const payeeOf = (state: number): number => (state >>> 20) & (ACCOUNTS - 1)
const amountOf = (state: number): number => state & 1023

/** Records of 40 bytes in blocks of 1,000, each block under the SHA-256 of itself and the one before. */
class Chain {
  readonly #words = new Int32Array(HEADER + RECORDS * RECORD)
  readonly #bytes = new Uint8Array(this.#words.buffer)
  #at = HEADER
  head: Uint8Array = new Uint8Array(32)

  add(payer: number, payee: number, amount: number, number: number): void {
    const words = this.#words
    const at = this.#at
    words[at] = 7
    words[at + 1] = payer
    words[at + 2] = payee
    words[at + 3] = amount
    words[at + 4] = number
    this.#at = at + RECORD
    if (this.#at < words.length) return
    this.#bytes.set(this.head, 0)
    this.head = hash('sha256', this.#bytes, 'buffer')
    this.#at = HEADER
  }
}

/** The upper bound: balances in a typed array, no rule but "not below zero", with the chain. */
export function bareTypedArrays(count: number): number {
  const balances = new Float64Array(ACCOUNTS).fill(1e9)
  const chain = new Chain()
  let state = 1
  for (let number = 0; number < count; number++) {
    state = next(state)
    const amount = amountOf(state)
    if (balances[payerOf(state)] >= amount) {
      balances[payerOf(state)] -= amount
      balances[payeeOf(state)] += amount
    }
    chain.add(payerOf(state), payeeOf(state), amount, number)
  }
  return balances.reduce((sum, value) => sum + value, 0)
}

/** The usual way: the same in a Map of objects with BigInt amounts. */
export function mapOfObjects(count: number): number {
  const accounts = new Map<string, { balance: bigint; version: number }>()
  const chain = new Chain()
  let state = 1
  for (let number = 0; number < count; number++) {
    state = next(state)
    const amount = BigInt(amountOf(state))
    const payer = entry(accounts, `account:${payerOf(state)}`)
    const payee = entry(accounts, `account:${payeeOf(state)}`)
    if (payer.balance >= amount) {
      payer.balance -= amount
      payee.balance += amount
      payer.version++
      payee.version++
    }
    chain.add(payerOf(state), payeeOf(state), Number(amount), number)
  }
  let sum = 0n
  for (const { balance } of accounts.values()) sum += balance
  return Number(sum)
}

function entry(
  accounts: Map<string, { balance: bigint; version: number }>,
  key: string,
): { balance: bigint; version: number } {
  let found = accounts.get(key)
  if (found === undefined) {
    found = { balance: 1_000_000_000n, version: 0 }
    accounts.set(key, found)
  }
  return found
}
