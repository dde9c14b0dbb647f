import { localLedger } from './local.ts'
import { ANA_BATTERY, ANA_PANEL, at, Neighborhood, OPERATOR, ORACLE } from './neighborhood.ts'
import { LocalLedger } from '../local/ledger.ts'
import type { Operation } from '../contract/operations.ts'
import type { Refusal } from '../contract/refusal.ts'
import { TransactionWriter } from '../contract/writer.ts'

/**
 * A neighborhood in the middle of an interval, for rules at their limits: 800,000 mWh generated, 300,000 of
 * them offered; a lot of 360,000 stored, 50,000 of it set aside; 100,000 charged and discharged that no lot
 * has taken up; 500,000 exported and not settled. Everything is made anew for each question.
 */
export const hood = await Neighborhood.open(localLedger)
export const solar = `lot ${ANA_PANEL}/${at(1)}/0/0`
export const stored = `lot ${ANA_BATTERY}/${at(0)}/${ANA_PANEL}/0`

let sequence = 0

/** What the contract says to these operations: `ok`, or the whole refusal. */
export function answer(client: number, ...operations: Operation[]): Refusal | 'ok' {
  const ledger = new LocalLedger()
  const send = (by: number, list: readonly Operation[]) => {
    const writer = new TransactionWriter()
    for (const operation of list) writer.add(operation)
    return ledger.submit(writer.transaction(by, ++sequence))
  }
  const before: [number, Operation[]][] = [
    [OPERATOR, [...hood.opening]],
    [ORACLE, [hood.generated(0, 900_000), hood.read(0, 400_000, 0)]],
    [OPERATOR, [hood.charged(0, 400_000)]],
    [ORACLE, [hood.closed(0), hood.generated(1, 800_000), hood.read(1, 500_000, 100_000)]],
    [OPERATOR, [hood.aside(0, 50_000), hood.offered(1, 300_000, 135_000)]],
  ]
  for (const [by, list] of before) {
    const given = send(by, list)
    if ('code' in given) throw new Error(`the opening is refused: ${JSON.stringify(given)}`)
  }
  const given = send(client, operations)
  return 'code' in given ? given : 'ok'
}

export const refused = (code: string, subject: string, asked: number, had: number, operation = 0) => ({
  code,
  operation,
  subject,
  asked,
  had,
})

/** A case: its name, who asks for what, and the answer. */
export type Case = [string, () => [number, Operation], () => object | 'ok']
