import type { LedgerView } from './view.ts'
import { BATTERY, METER } from './vocabulary.ts'
import { writeI64 } from './words.ts'

/**
 * The canonical form of a state, for one hash that two ledgers can compare: accounts by number,
 * assets by number, living lots by name; without versions, blocks or times of submission. Every
 * value is a signed 64-bit integer. The order of the values is part of the specification.
 */
export function stateWords(view: LedgerView): Int32Array {
  const values: number[] = []
  for (let account = 1; account < view.accountRole.length; account++) {
    if (view.accountRole[account] === 0) continue
    values.push(
      account,
      view.accountRole[account],
      view.accountAgent[account],
      view.accountBalance[account],
      view.accountCredit[account],
      view.accountLimit[account],
      view.accountOpening[account],
      view.accountSettled[account],
    )
  }
  values.push(0, view.platform[0], view.platform[1])
  for (let asset = 1; asset < view.assetKind.length; asset++) {
    if (view.assetKind[asset] === 0) continue
    values.push(
      asset,
      view.assetKind[asset],
      view.assetOwner[asset],
      view.assetSite[asset],
      view.assetMinted[asset],
    )
    if (view.assetKind[asset] === METER) values.push(view.siteClosed[asset], view.siteUnsettled[asset])
    if (view.assetKind[asset] === BATTERY) {
      values.push(
        view.batteryFactor[asset],
        view.batteryActive[asset],
        view.batterySetAside[asset],
        view.batteryCharge[asset],
        view.batteryDischarge[asset],
        view.batteryMinute[asset],
        view.batteryDeltaCharge[asset],
        view.batteryDeltaDischarge[asset],
        view.batteryUnclaimed[asset],
        view.batteryAnchored[asset],
      )
    }
  }
  values.push(0)
  const rows = [...view.livingLots()].toSorted(
    (a, b) =>
      view.lotAsset[a] - view.lotAsset[b] ||
      view.lotMinute[a] - view.lotMinute[b] ||
      view.lotSource[a] - view.lotSource[b] ||
      view.lotFrom[a] - view.lotFrom[b],
  )
  for (const row of rows) {
    values.push(
      view.lotAsset[row],
      view.lotMinute[row],
      view.lotSource[row],
      view.lotFrom[row],
      view.lotKind[row],
      view.lotOwner[row],
      view.lotCarbon[row],
      view.lotMinted[row],
      view.lotLow[row],
      view.lotMid[row],
      view.lotHigh[row],
      view.lotOffered[row],
      view.lotRate[row],
    )
  }
  const words = new Int32Array(values.length * 2)
  values.forEach((value, at) => writeI64(words, at * 2, value))
  return words
}
