import { dirname } from 'node:path'
import type { Transaction } from '../../ledger/contract/decide.ts'
import { transactionsOf } from '../../ledger/local/replay.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { marketArea } from '../../sim/area.ts'
import { CommunityEngine } from '../../sim/engine.ts'
import { prepare } from '../../sim/prepare.ts'

export interface Year {
  /** In their order, as the agents sent them. */
  readonly transactions: readonly Transaction[]
  readonly homes: number
  readonly batteries: number
  /** Head and state hash of the ledger that took them. */
  readonly head: string
  readonly stateHash: string
}

/** Simulates the default year (`first-neighborhood`) and keeps its ledger's transactions. */
export function defaultYear(days?: number): Year {
  const { scenario, path } = loadScenario('first-neighborhood', days === undefined ? {} : { days })
  const prepared = prepare(scenario, dirname(path))
  const area = marketArea(scenario, prepared.communities[0], prepared.axis)
  const transactions: Transaction[] = []
  const engine = new CommunityEngine(area, scenario, {
    sink: (block) => transactions.push(...transactionsOf(block)),
  })
  engine.run()
  return {
    transactions,
    homes: area.homes.length,
    batteries: area.homes.filter(({ battery }) => battery !== null).length,
    head: engine.ledger.head,
    stateHash: engine.ledger.stateHash(),
  }
}
