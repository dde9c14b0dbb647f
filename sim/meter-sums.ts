import type { FlowBlock } from './flow-block.ts'

/** A home's sums are a row of these: two lines of the processor's cache. */
export const SUMS = 16
export const SUM_SOLAR = 0
export const SUM_LOAD = 1
export const SUM_CHARGE = 2
export const SUM_DISCHARGE = 3
export const SUM_STANDBY = 4
export const SUM_IMPORT = 5
export const SUM_EXPORT = 6
export const SUM_BOUGHT = 7
export const SUM_SOLD = 8
export const SUM_REFERENCE_LOAD = 9
export const SUM_REFERENCE_SOLAR = 10
/** What the reference's solar left to buy, interval by interval. */
export const SUM_REFERENCE_LACK = 11
/** What the home used beyond what its battery gave, interval by interval: the first of two meters. */
export const SUM_USED = 12

/** Adds a home's rows of a block to its sums, milliwatt-hours. @param sums those of the home from place `of` on */
export function addToSums(
  { energy: flows, homes }: FlowBlock,
  home: number,
  count: number,
  sums: Float64Array,
  of: number,
): void {
  const { solar, load, charge, discharge, standby, peerBought, peerSold } = flows
  const { referenceLoad, referenceSolar, import: imports, export: exports } = flows
  let solarSum = 0
  let loadSum = 0
  let chargeSum = 0
  let dischargeSum = 0
  let standbySum = 0
  let importSum = 0
  let exportSum = 0
  let boughtSum = 0
  let soldSum = 0
  let wantedSum = 0
  let shoneSum = 0
  let lackSum = 0
  let usedSum = 0
  for (let row = 0, place = home; row < count; row++, place += homes) {
    const wanted = referenceLoad[place]
    const shone = referenceSolar[place]
    const used = load[place]
    const charged = charge[place]
    const discharged = discharge[place]
    const stood = standby[place]
    solarSum += solar[place]
    loadSum += used
    chargeSum += charged
    dischargeSum += discharged
    standbySum += stood
    importSum += imports[place]
    exportSum += exports[place]
    boughtSum += peerBought[place]
    soldSum += peerSold[place]
    wantedSum += wanted
    shoneSum += shone
    lackSum += Math.max(0, wanted - shone)
    usedSum += Math.max(0, used + charged + stood - discharged)
  }
  sums[of + SUM_SOLAR] += solarSum
  sums[of + SUM_LOAD] += loadSum
  sums[of + SUM_CHARGE] += chargeSum
  sums[of + SUM_DISCHARGE] += dischargeSum
  sums[of + SUM_STANDBY] += standbySum
  sums[of + SUM_IMPORT] += importSum
  sums[of + SUM_EXPORT] += exportSum
  sums[of + SUM_BOUGHT] += boughtSum
  sums[of + SUM_SOLD] += soldSum
  sums[of + SUM_REFERENCE_LOAD] += wantedSum
  sums[of + SUM_REFERENCE_SOLAR] += shoneSum
  sums[of + SUM_REFERENCE_LACK] += lackSum
  sums[of + SUM_USED] += usedSum
}
