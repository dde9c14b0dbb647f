import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { behaviourOf } from '../behaviour/suite.ts'
import { localLedger } from '../behaviour/local.ts'
import {
  ANA,
  ANA_BATTERY,
  ANA_METER,
  at,
  BEN,
  BEN_LOAD,
  Neighborhood,
  OPERATOR,
  ORACLE,
  STRANGER,
  UTILITY,
} from '../behaviour/neighborhood.ts'
import type { LedgerUnderTest } from '../behaviour/ledger-under-test.ts'
import type { Operation } from '../contract/operations.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { Book } from './book.ts'
import { recount } from './invariants.ts'
import { applyOperations } from './rules/apply.ts'
import { stateHash } from './state-hash.ts'

/** A chain of accepted transactions, and what the audit says of the next one. */
class Audited {
  readonly #accepted: { client: number; words: Int32Array; count: number }[] = []
  #book = new Book()

  /** The code of the rule that the next transaction breaks, or `ok`; only then it is taken. */
  take(client: number, operations: readonly Operation[]): string {
    const writer = new TransactionWriter()
    for (const operation of operations) writer.add(operation)
    const { words } = writer.transaction(client, 1)
    const code = this.#apply({ client, words: new Int32Array(words), count: operations.length })
    if (code !== 'ok') {
      // What was applied of it cannot be taken back: begin again.
      this.#book = new Book()
      for (const one of this.#accepted.splice(0)) this.#apply(one)
    }
    return code
  }

  #apply(one: { client: number; words: Int32Array; count: number }): string {
    this.#book.client = one.client
    const broken = applyOperations(this.#book, one.words, 0, one.words.length, one.count)
    if (broken !== null) return broken.code
    this.#accepted.push(one)
    return 'ok'
  }

  stateHash = (): string => stateHash(this.#book)
  recount = (): string => recount(this.#book)
}

/** The in-process ledger, each answer of which the audit must give as well. */
async function auditedLedger(): Promise<LedgerUnderTest> {
  const ledger = await localLedger()
  const audited = new Audited()
  const taken = new Set<string>()
  return {
    ...ledger,
    submit: async (client, sequence, operations) => {
      const answer = await ledger.submit(client, sequence, operations)
      const code = 'ok' in answer ? 'ok' : answer.refused
      // What the ledger refuses for the transaction's number, no rule sees.
      const id = `${client}:${sequence}`
      if (code === 'too-old' || code === 'conflict' || taken.has(id)) return answer
      if (code === 'ok') taken.add(id)
      expect(audited.take(client, operations), JSON.stringify(operations)).toBe(code)
      expect(audited.stateHash()).toBe(await ledger.stateHash())
      return answer
    },
  }
}

behaviourOf('in-process ledger, audited', auditedLedger)

const OPERATIONS = Number(process.env.VPP_AUDIT_OPERATIONS ?? 60_000)
const SEED = Number(process.env.VPP_SEED ?? 1)
/** A story is so long: a refused transaction makes the audit begin it again. */
const STORY = 150

test(
  `${OPERATIONS} random operations: the audit gives the ledger’s answers`,
  { timeout: 300_000 },
  async () => {
    const draw = streamFor(SEED, 'audit')
    const pick = <T>(list: readonly T[]): T => list[draw.uint32() % list.length]
    const codes = new Map<string, number>()
    for (let done = 0; done < OPERATIONS;) {
      const hood = await Neighborhood.open(localLedger)
      const audited = new Audited()
      const ledger = await localLedger()
      let sequence = 0
      let interval = 0
      let charge = 0
      let discharge = 0
      const submit = async (client: number, operations: readonly Operation[]): Promise<string> => {
        const answer = await ledger.submit(client, ++sequence, [...operations])
        const code = 'ok' in answer ? 'ok' : answer.refused
        const audit = audited.take(client, operations)
        if (audit !== code) throw new Error(`ledger ${code}, audit ${audit}: ${JSON.stringify(operations)}`)
        codes.set(code, (codes.get(code) ?? 0) + 1)
        return code
      }
      expect(await submit(OPERATOR, hood.opening)).toBe('ok')
      const quantity = () =>
        pick([0, 1, 7, 1000, 50_000, 400_000, 900_000, -3, 2 ** 40]) + (draw.uint32() % 3)
      const stored = () =>
        hood.storedLot(Math.max(0, interval - (draw.uint32() % 3)), pick([0, 0, quantity()]))
      const moves: (() => Operation)[] = [
        () => hood.generated(interval, quantity()),
        () => hood.charged(interval, quantity()),
        () => hood.charged(interval, 50_000),
        () => hood.offered(interval, quantity(), pick([1, 135_000, -1])),
        () => hood.bought(interval, quantity(), pick([1, 135_000])),
        () => hood.bought(interval, quantity(), pick([1, 135_000]), UTILITY),
        () =>
          ({
            ...hood.bought(interval, quantity(), 135_000),
            use: 'exchanged',
            target: ANA_BATTERY,
          }) as Operation,
        () => hood.used(interval, quantity()),
        () =>
          ({
            ...hood.delivered(0, interval, quantity()),
            ...stored(),
            reason: pick(['consumed', 'exported']),
          }) as Operation,
        () => ({ op: 'cancel', actor: ANA, ...pick([hood.solarLot(interval), stored()]) }),
        () => ({
          op: 'offer',
          actor: ANA,
          ...stored(),
          minute: at(interval + pick([0, 1])),
          rateMicroUsdPerKwh: 9,
          milliWh: quantity(),
        }),
        () => ({
          op: 'trade',
          actor: pick([BEN, UTILITY]),
          ...stored(),
          use: 'consumed',
          target: BEN_LOAD,
          rateMicroUsdPerKwh: 9,
          milliWh: quantity(),
        }),
        () => ({ op: 'setAside', actor: OPERATOR, ...stored(), milliWh: quantity() }),
        () => ({ op: 'release', actor: OPERATOR, ...stored(), milliWh: quantity() }),
        () => hood.read(interval, (charge += pick([0, 0, 50_000])), (discharge += pick([0, 1, 40_000]))),
        () => ({ ...hood.generated(interval, quantity()), asset: ANA_BATTERY }) as Operation,
        () => ({ ...hood.generated(interval, 50_000), asset: ANA_BATTERY }) as Operation,
        () => hood.anchored(interval + 1, pick(['refusal', 'full'])),
        () => ({
          op: 'setFactor',
          actor: ORACLE,
          battery: ANA_BATTERY,
          factorPpm: pick([0, 850_000, 999_999, 2_000_000]),
        }),
        () => hood.closed(interval),
        () => hood.billed(interval, pick([0, quantity()]), 5 - (draw.uint32() % 10)),
        () => ({
          op: 'setTariff',
          actor: pick([OPERATOR, UTILITY, ANA]),
          platformFeeMicroUsdPerKwh: pick([0, 10_000]),
        }),
        () => ({
          ...(hood.opening[3] as Operation<'register'>),
          account: pick([20, 10, 0]),
          agent: pick([1, 77]),
        }),
        () => ({
          ...(hood.opening[9] as Operation<'createAsset'>),
          asset: pick([30, 3]),
          owner: pick([ANA, BEN, 99]),
          site: pick([ANA_METER, 2]),
        }),
      ]
      for (let step = 0; step < STORY; step++) {
        if (draw.uint32() % 6 === 0) interval++
        const operations = [pick(moves)()]
        while (operations.length < 4 && draw.uint32() % 4 === 0) operations.push(pick(moves)())
        const oracle = [ORACLE, UTILITY].includes(operations[0].actor) ? operations[0].actor : OPERATOR
        await submit(draw.uint32() % 40 === 0 ? pick([STRANGER, BEN]) : oracle, operations)
        done += operations.length
      }
      expect(audited.stateHash()).toBe(await ledger.stateHash())
      expect(audited.recount()).toBe('')
    }
    // Most rules were met, and many transactions taken.
    expect(codes.size).toBeGreaterThan(20)
    expect(codes.get('ok')).toBeGreaterThan(OPERATIONS / 20)
  },
)
