import { beforeEach, describe, expect, test } from 'vitest'
import { ASSET, ASSET_KIND, ASSET_NEXT, ASSET_SITE } from './columns.ts'
import type { Operation } from './operations.ts'
import { readSet } from './read-set.ts'
import { LedgerView } from './view.ts'
import { BATTERY, METER, SOLAR } from './vocabulary.ts'
import { TransactionWriter } from './writer.ts'

const [SITE, PANEL, SECOND, STORE] = [5, 6, 7, 8]
const view = new LedgerView()

const put = (asset: number, kind: number, site: number, next = 0): void => {
  view.assetWords[asset * 2 * ASSET + ASSET_KIND] = kind
  view.assetWords[asset * 2 * ASSET + ASSET_SITE] = site
  view.assetWords[asset * 2 * ASSET + ASSET_NEXT] = next
}

/** Numbers that are read: accounts, credits, assets, platform. */
function read(operation: object): [number[], number[], number[], boolean] {
  const writer = new TransactionWriter()
  writer.add(operation as unknown as Operation)
  const { accounts, credits, assets, platform } = readSet(view, writer.transaction(1, 1))
  return [[...accounts], [...credits], [...assets], platform]
}

const lot = (lotAsset: number) => ({ lotAsset, lotMinute: 1, lotSource: 0, lotFrom: 0 })
const money = { openingMicroUsd: 0, creditLimitMicroUsd: 0, label: '', credential: '' }

describe('what a transaction reads', () => {
  beforeEach(() => {
    put(SITE, METER, SITE, SECOND)
    put(SECOND, SOLAR, SITE, PANEL)
    put(PANEL, SOLAR, SITE)
    put(STORE, BATTERY, SITE)
  })
  test.each([
    [
      { op: 'register', actor: 1, account: 12, role: 'household', agent: 2, ...money },
      [[1, 12, 2], [], [], true],
    ],
    [{ op: 'setTariff', actor: 1, platformFeeMicroUsdPerKwh: 5 }, [[1], [], [], true]],
    [
      { op: 'mint', actor: 3, asset: PANEL, minute: 5, carbonMilligramPerKwh: 0, milliWh: 1 },
      [[3], [], [PANEL, SITE], false],
    ],
    [
      { op: 'exchange', actor: 10, ...lot(PANEL), battery: STORE, milliWh: 1 },
      [[10], [], [PANEL, STORE, SITE], false],
    ],
    [
      {
        op: 'trade',
        actor: 11,
        ...lot(PANEL),
        use: 'consumed',
        target: 20,
        rateMicroUsdPerKwh: 1,
        milliWh: 1,
      },
      [[11], [], [PANEL, 20, SITE], true],
    ],
    [{ op: 'closeInterval', actor: 3, site: SITE, minute: 5 }, [[3], [], [SITE, SECOND, PANEL], false]],
    [
      { op: 'settle', actor: 2, account: 10, site: SITE, minute: 5, exportMilliWh: 0, amountMicroUsd: 0 },
      [[2, 10], [10], [SITE, SECOND, PANEL], false],
    ],
    [{ op: 'cancel', actor: 10, ...lot(99) }, [[10], [], [99], false]],
  ])('%j', (operation, expected) => {
    expect(read(operation)).toEqual(expected)
  })

  test('what is no transaction reads nothing', () => {
    const words = new Int32Array([7, 1, 2])
    const { accounts, credits, assets, platform } = readSet(view, {
      client: 1,
      sequence: 1,
      words,
      operations: 1,
    })
    expect([accounts.size, credits.size, assets.size, platform]).toEqual([0, 0, 0, false])
  })
})
