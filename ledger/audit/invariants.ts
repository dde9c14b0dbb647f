import type { Book } from './book.ts'
import { ACCOUNT_TABLE } from './tables/accounts.ts'
import { ASSET_TABLE } from './tables/assets.ts'
import { KINDS, LOT_TABLE } from './tables/lots.ts'
import { EXCHANGED, TOTAL_MINTED } from './totals.ts'

const { ACCOUNT_SUMS, BALANCE, CREDIT, OPENING } = ACCOUNT_TABLE
const {
  ACTIVE,
  ASIDE,
  ASSET_INTS,
  ASSET_KIND,
  ASSET_NUMBER,
  ASSET_SUMS,
  BATTERY,
  CLOSED,
  ENERGY,
  FIRST_LOT,
  SITE_ROW,
} = ASSET_TABLE
const { HIGH, LOT_INTS, LOT_KIND, LOT_MINUTE, LOT_SUMS, LOW, MID, OFFERED, SHADOW, TGEN, TSTORAGE } =
  LOT_TABLE

/** Money is summed in two limbs of this many µ$, so that no sum of balances is rounded. */
const LIMB = 2 ** 26

/** Balances and credits sum to the opening balances; `''`, or what they sum to. */
function money({ accounts }: Book): string {
  let high = 0
  let low = 0
  const { sums } = accounts
  for (let s = 0; s < accounts.count * ACCOUNT_SUMS; s += ACCOUNT_SUMS) {
    // Each is below 2^53, so that the sum of the three is below 2^55: limbs first, then signs.
    const balance = Math.floor(sums[s + BALANCE] / LIMB)
    const credit = Math.floor(sums[s + CREDIT] / LIMB)
    const opening = Math.floor(sums[s + OPENING] / LIMB)
    high += balance + credit - opening
    low +=
      sums[s + BALANCE] -
      balance * LIMB +
      (sums[s + CREDIT] - credit * LIMB) -
      (sums[s + OPENING] - opening * LIMB)
  }
  return high * LIMB + low === 0
    ? ''
    : `balances and credits sum to ${high * LIMB + low} µ$ beyond the opening ones`
}
/** What every battery says that it holds, against everything minted and burned so far. */
function batteries({ assets, totals }: Book): string {
  let active = 0n
  let aside = 0n
  let activeLow = 0
  let asideLow = 0
  const { ints, sums } = assets
  for (let row = 0; row < assets.count; row++) {
    if (ints[row * ASSET_INTS + ASSET_KIND] !== BATTERY) continue
    const s = row * ASSET_SUMS
    // At most 2^20 batteries of 10^12 mWh would pass 2^53: fold now and then.
    activeLow += sums[s + ACTIVE]
    asideLow += sums[s + ASIDE]
    if (
      sums[s + ACTIVE] < 0 ||
      sums[s + ASIDE] < 0 ||
      sums[s + ACTIVE] + sums[s + ASIDE] > sums[s + ENERGY]
    ) {
      return `battery ${ints[row * ASSET_INTS + ASSET_NUMBER]} holds more tokens than energy`
    }
    if ((row & 1023) === 1023) {
      active += BigInt(activeLow)
      aside += BigInt(asideLow)
      activeLow = asideLow = 0
    }
  }
  active += BigInt(activeLow)
  aside += BigInt(asideLow)
  if (active !== totals.active(TSTORAGE) + totals.active(SHADOW)) return 'active storage tokens do not add up'
  if (aside !== totals.aside(TSTORAGE) + totals.aside(SHADOW))
    return 'storage tokens that are set aside do not add up'
  return ''
}

/** What must hold after every block, in time that depends on accounts and assets only. */
export function imbalance(book: Book): string {
  const wrong = money(book) || batteries(book)
  if (wrong !== '') return wrong
  return book.totals.of(TGEN, EXCHANGED) === book.totals.of(TSTORAGE, TOTAL_MINTED)
    ? ''
    : 'generated energy exchanged is not the storage minted'
}

/** Counts every living lot: per kind and per battery they sum to what is told, and no closed interval has one. */
export function recount(book: Book): string {
  const { assets, lots, totals } = book
  const active = [0n, 0n, 0n, 0n]
  const aside = [0n, 0n, 0n, 0n]
  let living = 0
  for (let row = 0; row < assets.count; row++) {
    const i = row * ASSET_INTS
    let activeHere = 0
    let asideHere = 0
    let kind = 0
    let wrong = ''
    const sumHere = () => {
      active[kind] += BigInt(activeHere)
      aside[kind] += BigInt(asideHere)
    }
    let allActive = 0
    let allAside = 0
    for (let lot = assets.ints[i + FIRST_LOT]; lot >= 0; lot = lots.next(lot)) {
      const s = lot * LOT_SUMS
      const { sums } = lots
      if (lots.ints[lot * LOT_INTS + LOT_KIND] !== kind) {
        if (kind > 0) sumHere()
        kind = lots.ints[lot * LOT_INTS + LOT_KIND]
        activeHere = asideHere = 0
      }
      const part = sums[s + MID] - sums[s + LOW]
      activeHere += part
      asideHere += sums[s + HIGH] - sums[s + MID]
      allActive += part
      allAside += sums[s + HIGH] - sums[s + MID]
      if (
        part < 0 ||
        sums[s + HIGH] < sums[s + MID] ||
        sums[s + HIGH] === sums[s + LOW] ||
        sums[s + OFFERED] > part
      ) {
        wrong = 'the marks of a lot have crossed'
      }
      if (
        kind === TGEN &&
        lots.ints[lot * LOT_INTS + LOT_MINUTE] <= assets.ints[assets.ints[i + SITE_ROW] * ASSET_INTS + CLOSED]
      ) {
        wrong = 'generated energy of a closed interval is active'
      }
      living++
    }
    if (kind > 0) sumHere()
    if (wrong !== '') return wrong
    if (assets.ints[i + ASSET_KIND] === BATTERY) {
      const s = row * ASSET_SUMS
      if (allActive !== assets.sums[s + ACTIVE] || allAside !== assets.sums[s + ASIDE]) {
        return `the lots of battery ${assets.ints[i + ASSET_NUMBER]} do not sum to what it holds`
      }
    }
  }
  if (living !== lots.living) return 'living lots are lost or doubled'
  for (const kind of [TGEN, TSTORAGE, SHADOW]) {
    if (active[kind] !== totals.active(kind) || aside[kind] !== totals.aside(kind)) {
      return `tokens of kind ${KINDS[kind]} do not add up`
    }
  }
  return ''
}
