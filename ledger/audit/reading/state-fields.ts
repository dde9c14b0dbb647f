import type { Book } from '../book.ts'
import {
  ACCOUNT_INTS,
  ACCOUNT_SUMS,
  AGENT,
  BALANCE,
  CREDIT,
  CREDIT_LIMIT,
  OPENING,
  ROLE,
  SETTLED,
} from '../tables/accounts.ts'
import * as asset from '../tables/assets.ts'
import * as lot from '../tables/lots.ts'
import { lotText } from './names.ts'

type Fields = Record<string, number | string>
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

/** Everything that the ledger knows of an account; null when it does not know it. */
export function accountFields({ accounts }: Book, number: number): Fields | null {
  const row = accounts.find(number)
  if (row < 0) return null
  const i = row * ACCOUNT_INTS
  const s = row * ACCOUNT_SUMS
  return {
    role: accounts.ints[i + ROLE],
    agent: accounts.ints[i + AGENT],
    balanceMicroUsd: accounts.sums[s + BALANCE],
    creditMicroUsd: accounts.sums[s + CREDIT],
    creditLimitMicroUsd: accounts.sums[s + CREDIT_LIMIT],
    openingMicroUsd: accounts.sums[s + OPENING],
    settledMinute: accounts.ints[i + SETTLED],
    label: text(accounts.labels[row]),
    credential: text(accounts.credentials[row]),
  }
}

/** Everything that the ledger knows of an asset, its lots apart. */
export function assetFields({ assets }: Book, number: number): Fields | null {
  const row = assets.find(number)
  if (row < 0) return null
  const { ints, sums } = assets
  const i = row * asset.ASSET_INTS
  const s = row * asset.ASSET_SUMS
  const solars: number[] = []
  for (let at = ints[i + asset.FIRST_SOLAR]; at >= 0; at = ints[at * asset.ASSET_INTS + asset.NEXT_SOLAR]) {
    solars.push(ints[at * asset.ASSET_INTS + asset.ASSET_NUMBER])
  }
  return {
    kind: ints[i + asset.ASSET_KIND],
    owner: ints[i + asset.ASSET_OWNER],
    site: ints[i + asset.SITE],
    intervalMinutes: ints[i + asset.INTERVAL],
    nameplateW: ints[i + asset.NAMEPLATE_W],
    mintedMinute: ints[i + asset.LAST_MINT],
    location: text(assets.locations[row]),
    label: text(assets.labels[row]),
    closedMinute: ints[i + asset.CLOSED],
    unsettledMilliWh: sums[s + asset.UNSETTLED],
    solarAssets: solars.join(' '),
    energyMilliWh: sums[s + asset.ENERGY],
    deliverableMilliWh: sums[s + asset.DELIVERABLE],
    standbyW: ints[i + asset.STANDBY_W],
    factorPpm: ints[i + asset.FACTOR_PPM],
    activeMilliWh: sums[s + asset.ACTIVE],
    setAsideMilliWh: sums[s + asset.ASIDE],
    chargeMilliWh: sums[s + asset.CHARGE],
    dischargeMilliWh: sums[s + asset.DISCHARGE],
    readMinute: ints[i + asset.READ_MINUTE],
    openChargeMilliWh: sums[s + asset.OPEN_CHARGE],
    openDischargeMilliWh: sums[s + asset.OPEN_DISCHARGE],
    unclaimedMilliWh: sums[s + asset.UNCLAIMED],
    anchoredMinute: ints[i + asset.ANCHORED],
    passMinute: ints[i + asset.PASS_MINUTE],
    passChargeMilliWh: sums[s + asset.PASS_CHARGE],
    passDischargeMilliWh: sums[s + asset.PASS_DISCHARGE],
    passes: ints[i + asset.PASSES],
    passEndedMinute: ints[i + asset.PASS_ENDED],
    passesWh: [...(assets.passes[row] ?? [])].join(' '),
  }
}

/** An asset's living lots by name, in the order of minting. */
export function lotsOf(book: Book, number: number): Map<string, Fields> {
  const found = new Map<string, Fields>()
  const { assets, lots } = book
  const row = assets.find(number)
  if (row < 0) return found
  let at = assets.ints[row * asset.ASSET_INTS + asset.FIRST_LOT]
  for (let place = 0; at >= 0; at = lots.next(at), place++) {
    const i = at * lot.LOT_INTS
    const s = at * lot.LOT_SUMS
    found.set(lotText(book, at), {
      placeAmongLots: place,
      kind: lot.KINDS[lots.ints[i + lot.LOT_KIND]],
      owner: lots.ints[i + lot.LOT_OWNER],
      carbonMilligramPerKwh: lots.ints[i + lot.CARBON],
      mintedMilliWh: lots.sums[s + lot.MINTED],
      lowMilliWh: lots.sums[s + lot.LOW],
      midMilliWh: lots.sums[s + lot.MID],
      highMilliWh: lots.sums[s + lot.HIGH],
      offeredMilliWh: lots.sums[s + lot.OFFERED],
      rateMicroUsdPerKwh: lots.ints[i + lot.RATE],
      offerMinute: lots.ints[i + lot.OFFER_MINUTE],
    })
  }
  return found
}
