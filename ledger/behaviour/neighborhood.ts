import type { Operation } from '../contract/operations.ts'
import type { RefusalCode } from '../contract/refusal.ts'
import type { LedgerUnderTest, NewLedger } from './ledger-under-test.ts'

/**
 * A small neighborhood to tell stories in: Ana has a panel and a battery, Ben a load, and the usual
 * three stand by. Quantities in milliwatt-hours, money in micro-dollars.
 */
export const OPERATOR = 1
export const UTILITY = 2
export const ORACLE = 3
export const ANA = 10
export const BEN = 11
export const STRANGER = 12

export const ANA_METER = 1
export const ANA_LOAD = 2
export const ANA_PANEL = 3
export const ANA_BATTERY = 4
export const BEN_METER = 5
export const BEN_LOAD = 6

/** Noon of a day, on a whole five minutes; `at(1)` is the interval after it. */
export const at = (interval: number): number => 24_500_160 + 5 * interval
export const KWH = 1_000_000

/** Speaks the suite's sentences to a ledger. */
export class Neighborhood {
  readonly ledger: LedgerUnderTest
  /** What opened the neighborhood. */
  opening: readonly Operation[] = []
  #sequence = new Map<number, number>()

  constructor(ledger: LedgerUnderTest) {
    this.ledger = ledger
  }

  static async open(newLedger: NewLedger, benBalance = 5_000 * KWH): Promise<Neighborhood> {
    const hood = new Neighborhood(await newLedger())
    const account = (
      number: number,
      role: Operation<'register'>['role'],
      agent: number,
      money: number,
      label: string,
    ) =>
      ({
        op: 'register',
        actor: OPERATOR,
        account: number,
        role,
        agent,
        openingMicroUsd: money,
        creditLimitMicroUsd: 0,
        label,
        credential: '',
      }) as const
    const asset = (
      number: number,
      kind: Operation<'createAsset'>['kind'],
      owner: number,
      site: number,
      label: string,
    ) =>
      ({
        op: 'createAsset',
        actor: OPERATOR,
        asset: number,
        kind,
        owner,
        site,
        intervalMinutes: 5,
        nameplateW: kind === 'solar' ? 12_000 : 5_000,
        energyMilliWh: kind === 'battery' ? 10 * KWH : 0,
        deliverableMilliWh: kind === 'battery' ? 9.5 * KWH : 0,
        standbyW: kind === 'battery' ? 10 : 0,
        factorPpm: kind === 'battery' ? 900_000 : 0,
        location: `street/${label}`,
        label,
      }) as const
    hood.opening = [
      account(OPERATOR, 'operator', OPERATOR, 5_000 * KWH, 'operator'),
      account(UTILITY, 'utility', UTILITY, 5_000 * KWH, 'utility'),
      account(ORACLE, 'oracle', ORACLE, 0, 'oracle'),
      account(ANA, 'household', OPERATOR, 5_000 * KWH, 'ana'),
      account(BEN, 'consumer', OPERATOR, benBalance, 'ben'),
      account(STRANGER, 'household', STRANGER, 5_000 * KWH, 'stranger'),
      { op: 'setTariff', actor: OPERATOR, platformFeeMicroUsdPerKwh: 10_000 },
      asset(ANA_METER, 'meter', ANA, ANA_METER, 'ana-meter'),
      asset(ANA_LOAD, 'load', ANA, ANA_METER, 'ana-load'),
      asset(ANA_PANEL, 'solar', ANA, ANA_METER, 'ana-solar'),
      asset(ANA_BATTERY, 'battery', ANA, ANA_METER, 'ana-battery'),
      asset(BEN_METER, 'meter', BEN, BEN_METER, 'ben-meter'),
      asset(BEN_LOAD, 'load', BEN, BEN_METER, 'ben-load'),
    ]
    await hood.accepted(OPERATOR, [...hood.opening])
    return hood
  }

  next(client: number): number {
    const sequence = (this.#sequence.get(client) ?? 0) + 1
    this.#sequence.set(client, sequence)
    return sequence
  }

  /** The code of the refusal, or `ok`. */
  async try(client: number, operations: Operation[]): Promise<RefusalCode | 'ok'> {
    const answer = await this.ledger.submit(client, this.next(client), operations)
    return 'ok' in answer ? 'ok' : answer.refused
  }

  async accepted(client: number, operations: Operation[]): Promise<void> {
    const answer = await this.try(client, operations)
    if (answer !== 'ok') throw new Error(`refused: ${answer}`)
  }

  // What the oracle attests.
  generated = (interval: number, milliWh: number): Operation => ({
    op: 'mint',
    actor: ORACLE,
    asset: ANA_PANEL,
    minute: at(interval),
    carbonMilligramPerKwh: 0,
    milliWh,
  })
  read = (interval: number, chargeMilliWh: number, dischargeMilliWh: number): Operation => ({
    op: 'reading',
    actor: ORACLE,
    battery: ANA_BATTERY,
    minute: at(interval),
    chargeMilliWh,
    dischargeMilliWh,
  })
  anchored = (interval: number, kind: 'refusal' | 'full'): Operation => ({
    op: 'anchor',
    actor: ORACLE,
    battery: ANA_BATTERY,
    minute: at(interval),
    kind,
  })
  closed = (interval: number): Operation => ({
    op: 'closeInterval',
    actor: ORACLE,
    site: ANA_METER,
    minute: at(interval),
  })

  // What homes and operator do.
  solarLot = (interval: number) => ({
    lotAsset: ANA_PANEL,
    lotMinute: at(interval),
    lotSource: 0,
    lotFrom: 0,
  })
  storedLot = (interval: number, from = 0) => ({
    lotAsset: ANA_BATTERY,
    lotMinute: at(interval),
    lotSource: ANA_PANEL,
    lotFrom: from,
  })
  charged = (interval: number, milliWh: number, actor = ANA): Operation => ({
    op: 'exchange',
    actor,
    ...this.solarLot(interval),
    battery: ANA_BATTERY,
    milliWh,
  })
  offered = (interval: number, milliWh: number, rate: number, actor = ANA): Operation => ({
    op: 'offer',
    actor,
    ...this.solarLot(interval),
    minute: at(interval),
    rateMicroUsdPerKwh: rate,
    milliWh,
  })
  bought = (interval: number, milliWh: number, rate: number, actor = BEN): Operation => ({
    op: 'trade',
    actor,
    ...this.solarLot(interval),
    use: 'consumed',
    target: BEN_LOAD,
    rateMicroUsdPerKwh: rate,
    milliWh,
  })
  used = (interval: number, milliWh: number, actor = ANA): Operation => ({
    op: 'burn',
    actor,
    ...this.solarLot(interval),
    reason: 'consumed',
    minute: at(interval),
    milliWh,
  })
  delivered = (lotInterval: number, interval: number, milliWh: number, actor = ANA): Operation => ({
    op: 'burn',
    actor,
    ...this.storedLot(lotInterval),
    reason: 'consumed',
    minute: at(interval),
    milliWh,
  })
  aside = (interval: number, milliWh: number, actor = OPERATOR): Operation => ({
    op: 'setAside',
    actor,
    ...this.storedLot(interval),
    milliWh,
  })
  back = (interval: number, milliWh: number): Operation => ({
    op: 'release',
    actor: OPERATOR,
    ...this.storedLot(interval),
    milliWh,
  })
  billed = (interval: number, exportMilliWh: number, amountMicroUsd: number, actor = UTILITY): Operation => ({
    op: 'settle',
    actor,
    account: ANA,
    site: ANA_METER,
    minute: at(interval),
    exportMilliWh,
    amountMicroUsd,
  })
}
