import { streamFor } from '../../../data/random.ts'
import type { Operation } from '../../contract/operations.ts'
import {
  ANA,
  BEN,
  Neighborhood,
  OPERATOR,
  ORACLE,
  UTILITY,
  ANA_METER,
  at,
} from '../../behaviour/neighborhood.ts'
import { localLedger } from '../../behaviour/local.ts'

/** A transaction as a client would send it, before it knows what others send meanwhile. */
export interface Wanted {
  readonly client: number
  readonly operations: readonly Operation[]
}

const RATE = 135_000

/**
 * What many clients want of one small neighborhood at once: the same lots burned, offered and bought by several, bills in
 * between, most of it nearly allowed. No order is right: whoever comes later is refused or conflicts.
 */
export async function contendedWork(
  operations: number,
  seed: number,
): Promise<{ opening: Operation[]; work: Wanted[] }> {
  const draw = streamFor(seed, 'fabric-contention')
  const below = (count: number) => draw.uint32() % count
  const hood = await Neighborhood.open(localLedger)
  const work: Wanted[] = []
  let interval = 0
  let count = 0
  const add = (client: number, ...list: Operation[]) => {
    work.push({ client, operations: list })
    count += list.length
  }
  let charge = 0
  const many = (length: number, one: () => Operation) => Array.from({ length }, one)
  for (;;) {
    if (count >= operations) return { opening: [...hood.opening], work }
    charge += 200_000
    add(ORACLE, hood.generated(interval, 900_000), hood.read(interval, charge, 0))
    for (let left = 12; left > 0; left--) {
      const some = 1 + below(2000)
      switch (below(7)) {
        case 0:
          add(OPERATOR, ...many(24, () => hood.used(interval, 1 + below(500))))
          break
        case 1:
          add(
            OPERATOR,
            hood.offered(interval, 30 * some, RATE),
            ...many(20, () => hood.bought(interval, some, RATE)),
          )
          break
        case 2:
          add(OPERATOR, hood.bought(interval, some, RATE), {
            op: 'cancel',
            actor: ANA,
            ...hood.solarLot(interval),
          })
          break
        case 3:
          add(OPERATOR, ...many(10, () => hood.charged(interval, 10_000)))
          break
        case 4:
          add(UTILITY, hood.billed(interval, 0, below(5)))
          break
        case 5:
          add(OPERATOR, { op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: below(20_000) })
          break
        default:
          add(UTILITY, {
            op: 'settle',
            actor: UTILITY,
            account: below(2) === 0 ? ANA : BEN,
            site: ANA_METER,
            minute: at(interval),
            exportMilliWh: below(10),
            amountMicroUsd: below(100) - 50,
          })
      }
    }
    add(ORACLE, hood.closed(interval))
    interval++
  }
}
