import { expect, test } from 'vitest'
import * as columns from './columns.ts'
import { passesAt } from './full-energy.ts'
import { readState, solarsOf, writeState } from './state-values.ts'
import { LedgerView } from './view.ts'
import { BATTERY, LOAD, METER, SOLAR, TGEN, TSTORAGE } from './vocabulary.ts'
import { WordReader, WordWriter } from './word-stream.ts'

const { ACCOUNT, ACCOUNT_BALANCE, ACCOUNT_ROLE, ACCOUNT_SETTLED } = columns
const { ASSET, ASSET_KIND, ASSET_NEXT, ASSET_SITE, PASS_COUNT, PASSES_KEPT } = columns
const { LOT_HIGH, LOT_LOW, LOT_MID, LOT_HAS_OFFER, TERMS_RATE, METER_CLOSED, METER_UNSETTLED } = columns

/** Two sites with two panels each, three batteries with other numbers of passes, lots; numbers far above the first tables. */
function filled(): LedgerView {
  const view = new LedgerView()
  view.reserve(40, 300, 900)
  for (const account of [1, 65, 300]) {
    view.accountWords[account * 2 * ACCOUNT + ACCOUNT_ROLE] = 2
    view.accounts[account * ACCOUNT + ACCOUNT_BALANCE] = -account * 1e9
    view.accountWords[account * 2 * ACCOUNT + ACCOUNT_SETTLED] = account
    view.accountLabel[account] = `account ${account}`
    view.accountCredential[account] = account === 65 ? '' : 'é'
  }
  const asset = (number: number, kind: number, site: number) => {
    view.assetWords[number * 2 * ASSET + ASSET_KIND] = kind
    view.assetWords[number * 2 * ASSET + ASSET_SITE] = site
    view.assetLabel[number] = `asset ${number}`
    view.assetLocation[number] = `street/${number}`
  }
  for (const site of [5, 500]) {
    asset(site, METER, site)
    view.assetWords[site * 2 * ASSET + METER_CLOSED] = site * 5
    view.assets[site * ASSET + METER_UNSETTLED] = 2 ** 40
    for (const solar of [site + 1, site + 390]) {
      asset(solar, SOLAR, site)
      view.assetWords[solar * 2 * ASSET + ASSET_NEXT] = view.assetField(site, ASSET_NEXT)
      view.assetWords[site * 2 * ASSET + ASSET_NEXT] = solar
    }
    asset(site + 2, LOAD, site)
  }
  for (const [battery, passes] of [
    [10, 3],
    [11, PASSES_KEPT + 5],
    [700, 0],
  ] as const) {
    asset(battery, BATTERY, 5)
    view.batteryWords[view.addBattery(battery) * 2 + PASS_COUNT] = passes
    const first = passesAt(view, battery)
    for (let pass = 0; pass < passes; pass++)
      view.passes[first + (pass % PASSES_KEPT)] = battery * 1000 + pass
  }
  for (let at = 0; at < 20; at++) {
    const solar = at % 2 === 0
    const lot = view.addLot(
      solar ? TGEN : TSTORAGE,
      solar ? 6 : 11,
      100 + at,
      solar ? 0 : 6,
      solar ? 0 : at,
      65,
      7,
      1000 + at,
    )
    view.lots[lot + LOT_LOW] = at
    view.lots[lot + LOT_MID] = 500
    view.lots[lot + LOT_HIGH] = 900 + at
    view.lotWords[lot * 2 + LOT_HAS_OFFER] = 1
    view.termWords[lot + TERMS_RATE] = at === 4 ? 135_000 : 0
  }
  view.commit()
  return view
}

test('a state comes back from its canonical form: the same bytes, and all that the rules ask of it', () => {
  const view = filled()
  const out = new WordWriter()
  writeState(view, out)
  const again = new LedgerView()
  readState(again, new WordReader(out.words.slice()))
  const back = new WordWriter()
  writeState(again, back)
  expect(back.words).toEqual(out.words)
  expect([...again.accountNumbers()]).toEqual([1, 65, 300])
  expect([...again.assetNumbers()]).toEqual([5, 6, 7, 10, 11, 395, 500, 501, 502, 700, 890])
  expect([solarsOf(again, 5), solarsOf(again, 500)]).toEqual([
    [395, 6],
    [890, 501],
  ])
  expect(again.accountAmount(300, ACCOUNT_BALANCE)).toBe(-3e11)
  expect([again.accountLabel[65], again.accountCredential[1], again.assetLocation[890]]).toEqual([
    'account 65',
    'é',
    'street/890',
  ])
  for (const battery of [10, 11]) {
    const row = (from: LedgerView) => {
      const first = passesAt(from, battery)
      return from.passes.slice(first, first + PASSES_KEPT)
    }
    expect(row(again)).toEqual(row(view))
  }
  for (let at = 0; at < 20; at++) {
    const lot = at % 2 === 0 ? again.findLot(6, 100 + at, 0, 0) : again.findLot(11, 100 + at, 6, at)
    expect(again.lots[lot + LOT_HIGH]).toBe(900 + at)
  }
  // Nothing is left to be rolled back.
  again.rollback()
  const last = new WordWriter()
  writeState(again, last)
  expect(last.words).toEqual(out.words)
})
