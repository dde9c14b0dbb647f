import * as columns from './columns.ts'

const { ASSET_FIRST_LOT, ASSET_FOUND, ASSET_FOUND_BEFORE, ASSET_LAST_LOT, ASSET_SHIFT } = columns
const { LOT, LOT_ASSET, LOT_FROM, LOT_KIND, LOT_MINUTE } = columns
const { LOT_NEXT, LOT_PREVIOUS, LOT_SHIFT, LOT_SOURCE } = columns

/**
 * Place of an asset's living lot by its name, or −1. An asset's list is in the order of intervals, and who names a lot has
 * mostly named it or its neighbor a moment ago: a battery's oldest active lot is used while its newest is set aside. So
 * the search keeps the two lots that it found last, and only if neither helps goes along the list, from where it is nearest in time.
 */
export function lotNamed(
  assetWords: Int32Array,
  lotWords: Int32Array,
  lots: Float64Array,
  asset: number,
  minute: number,
  source: number,
  from: number,
): number {
  const its = asset << ASSET_SHIFT
  const found = assetWords[its + ASSET_FOUND]
  if (found === 0) return -1
  if (isNamed(lotWords, lots, found, minute, source, from)) return (found - 1) * LOT
  const beside = besides(lotWords, lots, found, minute, source, from)
  if (beside !== 0) {
    assetWords[its + ASSET_FOUND] = beside
    return (beside - 1) * LOT
  }
  const link = elsewhere(assetWords, lotWords, lots, asset, minute, source, from)
  if (link === 0) return -1
  assetWords[its + ASSET_FOUND_BEFORE] = found
  assetWords[its + ASSET_FOUND] = link
  return (link - 1) * LOT
}

/** Is the lot (row + 1) called so within its asset? */
function isNamed(
  lotWords: Int32Array,
  lots: Float64Array,
  link: number,
  minute: number,
  source: number,
  from: number,
): boolean {
  const lot = (link - 1) << LOT_SHIFT
  return (
    lotWords[lot + LOT_MINUTE] === minute &&
    lotWords[lot + LOT_SOURCE] === source &&
    lots[(lot >> 1) + LOT_FROM] === from
  )
}

/** That of a lot's neighbors in the list which is called so; row + 1, 0 none. */
function besides(
  lotWords: Int32Array,
  lots: Float64Array,
  link: number,
  minute: number,
  source: number,
  from: number,
): number {
  const lot = (link - 1) << LOT_SHIFT
  const beside = lotWords[lot + (minute < lotWords[lot + LOT_MINUTE] ? LOT_PREVIOUS : LOT_NEXT)]
  return beside !== 0 && isNamed(lotWords, lots, beside, minute, source, from) ? beside : 0
}

/** The lot from the one that was found before the last, or from wherever is nearest; row + 1, 0 if there is none of that name. */
function elsewhere(
  assetWords: Int32Array,
  lotWords: Int32Array,
  lots: Float64Array,
  asset: number,
  minute: number,
  source: number,
  from: number,
): number {
  const its = asset << ASSET_SHIFT
  let start = assetWords[its + ASSET_FOUND]
  const before = assetWords[its + ASSET_FOUND_BEFORE]
  if (isOf(lotWords, before, asset)) {
    if (isNamed(lotWords, lots, before, minute, source, from)) return before
    const beside = besides(lotWords, lots, before, minute, source, from)
    if (beside !== 0) return beside
    start = nearer(lotWords, start, before, minute)
  }
  start = nearer(lotWords, start, assetWords[its + ASSET_FIRST_LOT], minute)
  start = nearer(lotWords, start, assetWords[its + ASSET_LAST_LOT], minute)
  return along(lotWords, lots, start, minute, source, from)
}

/** Is there a living lot of the asset in this row? It may have gone since it was found. */
const isOf = (lotWords: Int32Array, link: number, asset: number): boolean =>
  link > 0 &&
  lotWords[((link - 1) << LOT_SHIFT) + LOT_ASSET] === asset &&
  lotWords[((link - 1) << LOT_SHIFT) + LOT_KIND] !== 0

const nearer = (lotWords: Int32Array, link: number, other: number, minute: number): number =>
  Math.abs(minute - minuteOf(lotWords, other)) < Math.abs(minute - minuteOf(lotWords, link)) ? other : link

const minuteOf = (lotWords: Int32Array, link: number): number =>
  lotWords[((link - 1) << LOT_SHIFT) + LOT_MINUTE]

/** From a lot along the list to the interval asked for, and both ways through that interval's lots; row + 1, 0 if it is not there. */
function along(
  lotWords: Int32Array,
  lots: Float64Array,
  start: number,
  minute: number,
  source: number,
  from: number,
): number {
  let link = start
  while (link !== 0 && minuteOf(lotWords, link) < minute)
    link = lotWords[((link - 1) << LOT_SHIFT) + LOT_NEXT]
  while (link !== 0 && minuteOf(lotWords, link) > minute)
    link = lotWords[((link - 1) << LOT_SHIFT) + LOT_PREVIOUS]
  if (link === 0) return 0
  for (let at = link; at !== 0 && minuteOf(lotWords, at) === minute;) {
    if (isNamed(lotWords, lots, at, minute, source, from)) return at
    at = lotWords[((at - 1) << LOT_SHIFT) + LOT_PREVIOUS]
  }
  for (let at = link; at !== 0 && minuteOf(lotWords, at) === minute;) {
    if (isNamed(lotWords, lots, at, minute, source, from)) return at
    at = lotWords[((at - 1) << LOT_SHIFT) + LOT_NEXT]
  }
  return 0
}
