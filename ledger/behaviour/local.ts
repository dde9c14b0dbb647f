import {
  ACCOUNT_BALANCE,
  ACCOUNT_CREDIT,
  BATTERY_ACTIVE,
  BATTERY_SET_ASIDE,
  BATTERY_UNCLAIMED,
  LOT_HIGH,
  LOT_LOW,
  LOT_MID,
  TERMS_MINTED,
  TERMS_OFFERED,
  LOT_OWNER,
  METER_UNSETTLED,
} from '../contract/columns.ts'
import type { LedgerUnderTest } from './ledger-under-test.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from '../local/ledger.ts'

/** What the suite may ask, answered from the state in memory. */
export function answersOf(ledger: LocalLedger): Omit<LedgerUnderTest, 'submit'> {
  const { view } = ledger
  return {
    money: (account) =>
      Promise.resolve({
        balance: view.accountAmount(account, ACCOUNT_BALANCE),
        credit: view.accountAmount(account, ACCOUNT_CREDIT),
      }),
    lot: (asset, minute, source, from) => {
      const lot = view.findLot(asset, minute, source, from)
      if (lot < 0) return Promise.resolve(null)
      return Promise.resolve({
        owner: view.lotWords[lot * 2 + LOT_OWNER],
        minted: view.terms[lot / 2 + TERMS_MINTED],
        active: view.lots[lot + LOT_MID] - view.lots[lot + LOT_LOW],
        setAside: view.lots[lot + LOT_HIGH] - view.lots[lot + LOT_MID],
        offered: view.terms[lot / 2 + TERMS_OFFERED],
      })
    },
    battery: (asset) =>
      Promise.resolve({
        active: view.batteryAmount(asset, BATTERY_ACTIVE),
        setAside: view.batteryAmount(asset, BATTERY_SET_ASIDE),
        unclaimed: view.batteryAmount(asset, BATTERY_UNCLAIMED),
      }),
    unsettledExport: (site) => Promise.resolve(view.assetAmount(site, METER_UNSETTLED)),
    stateHash: () => Promise.resolve(ledger.stateHash()),
  }
}

/** The in-process ledger under the suite. */
export function localLedger(): Promise<LedgerUnderTest> {
  const ledger = new LocalLedger()
  return Promise.resolve({
    submit: (client, sequence, operations) => {
      const writer = new TransactionWriter()
      for (const operation of operations) writer.add(operation)
      const answer = ledger.submit(writer.transaction(client, sequence))
      return Promise.resolve(
        'code' in answer ? { refused: answer.code } : { ok: `${answer.block}/${answer.position}` },
      )
    },
    ...answersOf(ledger),
  })
}
