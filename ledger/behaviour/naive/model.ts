import type { Operation } from '../../contract/operations.ts'
import type { RefusalCode } from '../../contract/refusal.ts'
import { anchor, close, reading, settle } from './evidence.ts'
import { createAsset, register } from './registry.ts'
import { stateHash } from './state-hash.ts'
import {
  Refused,
  acts,
  assetNamed,
  demand,
  freeOf,
  lotNamed,
  openOffer,
  owns,
  type Account,
  type Asset,
  type NaiveState,
} from './state.ts'
import { burn, charge, mint, move, offer, trade } from './tokens.ts'

/**
 * The ledger a second time, as plainly as it can be written: objects in maps, whole numbers as BigInt
 * where they might pass 2^53, one rule after the other as ledger/README.md has them. Slow, for tests:
 * what it answers, every ledger must answer.
 */
export class NaiveLedger implements NaiveState {
  accounts = new Map<number, Account>()
  assets = new Map<number, Asset>()
  fee = 0
  operator = 0
  client = 0

  /** `ok`, or why not; a refused transaction leaves no trace. */
  apply(client: number, operations: readonly Operation[]): RefusalCode | 'ok' {
    const before = this.#copyOf(operations)
    this.client = client
    try {
      demand(operations.length > 0, 'malformed')
      for (const operation of operations) wellFormed(operation)
      for (const operation of operations) perform(this, operation)
      return 'ok'
    } catch (error) {
      before()
      if (error instanceof Refused) return error.code
      throw error
    }
  }

  /** Copies everything (the neighborhoods of the tests are small); what it returns puts it back. */
  #copyOf(operations: readonly Operation[]): () => void {
    // One operation checks before it acts, so there is nothing to put back; `trade` pays first.
    if (operations.length === 1 && operations[0].op !== 'trade') return () => {}
    const kept = {
      accounts: new Map([...this.accounts].map(([id, account]) => [id, { ...account }])),
      assets: new Map([...this.assets].map(([id, one]) => [id, copyOf(one)])),
    }
    const { fee, operator } = this
    return () => {
      Object.assign(this, kept, { fee, operator })
    }
  }

  /** Money that is there; it must always be what was there at the opening. */
  money(): { now: number; opening: number } {
    const all = [...this.accounts.values()]
    return {
      now: all.reduce((sum, { balance, credit }) => sum + balance + credit, 0),
      opening: all.reduce((sum, { opening }) => sum + opening, 0),
    }
  }

  stateHash(): string {
    return stateHash(this)
  }
}

function perform(s: NaiveState, operation: Operation): void {
  switch (operation.op) {
    case 'register':
      return register(s, operation)
    case 'createAsset':
      return createAsset(s, operation)
    case 'mint':
      return mint(s, operation)
    case 'exchange': {
      const lot = lotNamed(s, operation)
      owns(s, operation.actor, lot)
      demand(operation.milliWh <= freeOf(s, lot), 'exceeds-lot')
      return charge(s, lot, operation.battery, operation.milliWh, operation.actor)
    }
    case 'offer':
      return offer(s, operation)
    case 'cancel': {
      const lot = lotNamed(s, operation)
      owns(s, operation.actor, lot)
      demand(openOffer(s, lot) > 0, 'no-offer')
      lot.offered = 0
      return
    }
    case 'trade':
      return trade(s, operation)
    case 'burn':
      return burn(s, operation)
    case 'setAside':
    case 'release':
      return move(s, operation)
    case 'settle':
      return settle(s, operation)
    case 'setTariff':
      acts(s, operation.actor, 'operator', 'utility')
      demand(operation.platformFeeMicroUsdPerKwh >= 0, 'out-of-range')
      s.fee = operation.platformFeeMicroUsdPerKwh
      return
    case 'reading':
      return reading(s, operation)
    case 'anchor':
      return anchor(s, operation)
    case 'setFactor': {
      acts(s, operation.actor, 'oracle')
      const battery = assetNamed(s, operation.battery, 'battery')
      demand(operation.factorPpm >= 1 && operation.factorPpm <= 1_000_000, 'out-of-range')
      battery.factor = operation.factorPpm
      return
    }
    default:
      return close(s, operation)
  }
}

/** Whole numbers of their width and texts of their length: what has an encoding at all. */
function wellFormed(operation: Operation): void {
  for (const value of Object.values(operation)) {
    if (typeof value === 'string')
      demand(Buffer.byteLength(value) <= 512 && value.isWellFormed(), 'malformed')
    else demand(Number.isInteger(value), 'malformed')
  }
}

const copyOf = (one: Asset): Asset => ({
  ...one,
  solars: [...one.solars],
  lots: one.lots.map((each) => ({ ...each })),
})
