import type { LedgerUnderTest } from './ledger-under-test.ts'
import { TransactionWriter } from '../contract/writer.ts'
import { LocalLedger } from '../local/ledger.ts'

/** The in-process ledger under the suite. */
export function localLedger(): Promise<LedgerUnderTest> {
  const ledger = new LocalLedger()
  const { view } = ledger
  return Promise.resolve({
    submit: (client, sequence, operations) => {
      const writer = new TransactionWriter()
      for (const operation of operations) writer.add(operation)
      const answer = ledger.submit(writer.transaction(client, sequence))
      return Promise.resolve(
        'code' in answer ? { refused: answer.code } : { ok: `${answer.block}/${answer.position}` },
      )
    },
    money: (account) =>
      Promise.resolve({ balance: view.accountBalance[account], credit: view.accountCredit[account] }),
    lot: (asset, minute, source, from) => {
      const row = view.index.find(asset, minute, source, from)
      if (row < 0) return Promise.resolve(null)
      return Promise.resolve({
        owner: view.lotOwner[row],
        minted: view.lotMinted[row],
        active: view.lotMid[row] - view.lotLow[row],
        setAside: view.lotHigh[row] - view.lotMid[row],
        offered: view.lotOffered[row],
      })
    },
    battery: (asset) =>
      Promise.resolve({
        active: view.batteryActive[asset],
        setAside: view.batterySetAside[asset],
        unclaimed: view.batteryUnclaimed[asset],
      }),
    unsettledExport: (site) => Promise.resolve(view.siteUnsettled[site]),
    stateHash: () => Promise.resolve(ledger.stateHash()),
  })
}
