import type { Operation } from '../ledger/contract/operations.ts'
import { TransactionWriter } from '../ledger/contract/writer.ts'
import type { BillLines } from '../data/run-files.ts'
import { microUsdFromUsd, milliWhFromKwh } from '../data/units.ts'
import { ratedDeliverableKwh } from '../models/battery/battery.ts'
import { utilityPart } from '../models/tariff/bill.ts'
import { batteryParameters } from './agents/battery-agent.ts'
import type { Scenario } from '../scenarios/schema.ts'
import type { MarketArea } from './market-area.ts'
import type { TokenLedger } from './token-ledger.ts'

/** Accounts that every community's ledger has, by number. */
export const OPERATOR_ACCOUNT = 1
export const UTILITY_ACCOUNT = 2
export const ORACLE_ACCOUNT = 3
const FIRST_HOME = 10

export const accountOf = (home: number): number => FIRST_HOME + home
/** A home's assets stand next to each other: meter, load, solar, battery. */
export const meterOf = (home: number): number => 1 + home * 4
export const loadOf = (home: number): number => 2 + home * 4
export const solarOf = (home: number): number => 3 + home * 4
export const batteryOf = (home: number): number => 4 + home * 4

/** By home: its battery's number, or 0. */
export const batteriesOf = ({ homes }: MarketArea): Int32Array =>
  Int32Array.from(homes, ({ battery }, home) => (battery === null ? 0 : batteryOf(home)))

/**
 * Opens the accounts and enters the assets of a community: one transaction of the operator. The
 * operator is the households' agent; utility and oracle speak for themselves.
 */
export function openAccounts(ledger: TokenLedger, area: MarketArea, scenario: Scenario): void {
  const writer = new TransactionWriter()
  const opening = microUsdFromUsd(scenario.ledger.openingBalanceUsd)
  const creditLimit = microUsdFromUsd(scenario.ledger.creditLimitUsd)
  const account = (
    number: number,
    role: Operation<'register'>['role'],
    agent: number,
    openingMicroUsd: number,
    label: string,
  ) =>
    writer.add({
      op: 'register',
      actor: OPERATOR_ACCOUNT,
      account: number,
      role,
      agent,
      openingMicroUsd,
      creditLimitMicroUsd: creditLimit,
      label,
      credential: '',
    })
  account(OPERATOR_ACCOUNT, 'operator', OPERATOR_ACCOUNT, opening, 'operator')
  account(UTILITY_ACCOUNT, 'utility', UTILITY_ACCOUNT, opening, 'utility')
  account(ORACLE_ACCOUNT, 'oracle', ORACLE_ACCOUNT, 0, 'oracle')
  area.homes.forEach((home, index) =>
    account(accountOf(index), home.role, OPERATOR_ACCOUNT, opening, home.id),
  )
  writer.add({
    op: 'setTariff',
    actor: OPERATOR_ACCOUNT,
    platformFeeMicroUsdPerKwh: microUsdFromUsd(scenario.market.platformFeeUsdPerKwh),
  })
  area.homes.forEach((_, index) => addAssets(writer, area, scenario, index))
  ledger.submit(writer.transaction(OPERATOR_ACCOUNT, 1))
}

function addAssets(writer: TransactionWriter, area: MarketArea, scenario: Scenario, index: number): void {
  const home = area.homes[index]
  const common = {
    op: 'createAsset',
    actor: OPERATOR_ACCOUNT,
    owner: accountOf(index),
    site: meterOf(index),
    intervalMinutes: scenario.settlementMinutes,
    nameplateW: 0,
    energyMilliWh: 0,
    deliverableMilliWh: 0,
    standbyW: 0,
    factorPpm: 0,
    location: `${area.id}/${home.id}`,
  } as const
  writer.add({ ...common, kind: 'meter', asset: meterOf(index), label: `${home.id}-meter` })
  writer.add({ ...common, kind: 'load', asset: loadOf(index), label: `${home.id}-load` })
  if (home.solarKw > 0) {
    writer.add({
      ...common,
      kind: 'solar',
      asset: solarOf(index),
      nameplateW: Math.ceil(home.solarKw * 1000),
      label: `${home.id}-solar`,
    })
  }
  const battery = home.battery
  if (battery === null) return
  writer.add({
    ...common,
    kind: 'battery',
    asset: batteryOf(index),
    nameplateW: Math.ceil(battery.powerKw * 1000),
    energyMilliWh: milliWhFromKwh(battery.capacityKwh),
    deliverableMilliWh: milliWhFromKwh(ratedDeliverableKwh(batteryParameters(battery, home.solarKw))),
    standbyW: Math.ceil(battery.standbyW),
    factorPpm: Math.round(scenario.burn.factorStart * 1_000_000),
    label: `${home.id}-battery`,
  })
}

/** The month's bills: one transaction of the utility. @param exported by home: exports that the bill pays for, milliwatt-hours */
export function settleBills(
  ledger: TokenLedger,
  bills: readonly BillLines[],
  exported: readonly number[],
  minute: number,
  sequence: number,
): void {
  const writer = new TransactionWriter()
  for (const [home, bill] of bills.entries()) {
    writer.add({
      op: 'settle',
      actor: UTILITY_ACCOUNT,
      account: accountOf(home),
      site: meterOf(home),
      minute,
      exportMilliWh: exported[home],
      amountMicroUsd: utilityPart(bill),
    })
  }
  ledger.submit(writer.transaction(UTILITY_ACCOUNT, sequence))
}
