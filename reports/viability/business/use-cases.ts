/** A requirement of Phase I, the operations of the token contract that carry it out, and what shows that they do. */
export interface UseCase {
  readonly name: string
  readonly requirement: string
  /** Names of operations in the contract. */
  readonly operations: readonly string[]
  readonly tests: readonly string[]
  /** Commands that show it on a run. */
  readonly commands: readonly string[]
}

/** Held against contract, tests and commands by `cli/use-cases.test.ts`. */
export const USE_CASES: readonly UseCase[] = [
  {
    name: 'Register account',
    requirement:
      'A utility or operator registers homes, each with an agent, an opening balance and a credit limit; nobody else can.',
    operations: ['register', 'setTariff'],
    tests: ['ledger/behaviour/limits-registry.test.ts', 'ledger/fabric/attacks.test.ts'],
    commands: ['vpp ledger query RUN --show totals'],
  },
  {
    name: 'Create assets',
    requirement:
      'Solar plants, batteries and loads are created with owner, size and place; only what exists can mint.',
    operations: ['createAsset', 'setFactor'],
    tests: ['ledger/behaviour/limits-registry.test.ts', 'ledger/behaviour/local.test.ts'],
    commands: ['vpp ledger query RUN --asset ID --date DAY'],
  },
  {
    name: 'Load transactions: energy becomes tokens',
    requirement: 'Every kWh generated mints one token of its interval, once; stored energy exchanges it.',
    operations: ['mint', 'exchange', 'reading'],
    tests: ['ledger/behaviour/limits-lots.test.ts', 'ledger/behaviour/fuzz.test.ts'],
    commands: ['vpp ledger trace RUN LOT'],
  },
  {
    name: 'Load transactions: trade and delivery',
    requirement: 'Tokens are offered, bought and delivered at the interval’s price; money moves with them.',
    operations: ['offer', 'cancel', 'trade', 'settle'],
    tests: ['ledger/behaviour/differential.test.ts', 'ledger/behaviour/passes.test.ts'],
    commands: ['vpp ledger verify RUN', 'vpp ledger diff RUN RUN'],
  },
  {
    name: 'Load transactions: burn',
    requirement: 'Used, exported and lost energy burns its tokens; what may be lost is set aside before.',
    operations: ['burn', 'setAside', 'release', 'anchor', 'closeInterval'],
    tests: ['ledger/behaviour/tables.test.ts', 'ledger/fabric/fabric.test.ts'],
    commands: ['vpp burn study', 'vpp ledger proof RUN LOT'],
  },
]
