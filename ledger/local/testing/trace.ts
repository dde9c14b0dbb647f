import { localLedger } from '../../behaviour/local.ts'
import { KWH, Neighborhood, OPERATOR, ORACLE } from '../../behaviour/neighborhood.ts'
import type { Transaction } from '../../contract/decide.ts'
import type { Operation } from '../../contract/operations.ts'
import { TransactionWriter } from '../../contract/writer.ts'

/** Intervals that a charge stays in the battery before it is delivered. */
const STAY = 40

/**
 * An endless life of the suite's neighborhood, the same each time: Ana charges, sells to Ben and
 * delivers what she stored forty intervals before, so that lots come and go. Transaction `number`
 * (from 1, also its sequence number) is the same bytes for every reader.
 */
export class Trace {
  readonly #writer = new TransactionWriter()
  readonly #hood: Neighborhood

  private constructor(hood: Neighborhood) {
    this.#hood = hood
  }

  static async open(): Promise<Trace> {
    return new Trace(await Neighborhood.open(localLedger, (2 ** 40 * KWH) / 1e6))
  }

  /** Valid until the next call. */
  transaction(number: number): Transaction {
    this.#writer.clear()
    if (number === 1) return this.#write(OPERATOR, 1, [...this.#hood.opening])
    const hood = this.#hood
    const interval = Math.floor((number - 2) / 4)
    const stored = interval - STAY
    const delivered = Math.max(0, stored + 1) * 90_000
    switch ((number - 2) % 4) {
      case 0:
        return this.#write(ORACLE, number, [
          hood.read(interval, 100_000 * (interval + 1), delivered),
          hood.generated(interval, 900_000),
        ])
      case 1:
        return this.#write(OPERATOR, number, [
          // Charged first: the stored lot is then named by the solar lot's first milliwatt-hour.
          hood.charged(interval, 100_000),
          hood.used(interval, 50_000),
          ...(stored < 0 ? [] : [hood.delivered(stored, interval, 90_000)]),
        ])
      case 2:
        return this.#write(OPERATOR, number, [
          hood.offered(interval, 200_000, 130_000),
          hood.bought(interval, 150_000, 130_000),
        ])
      default:
        return this.#write(ORACLE, number, [hood.closed(interval)])
    }
  }

  #write(client: number, sequence: number, operations: Operation[]): Transaction {
    for (const operation of operations) this.#writer.add(operation)
    return this.#writer.transaction(client, sequence)
  }
}
