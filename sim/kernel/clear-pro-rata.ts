import type { KernelBlock, KernelPrices } from './kernel.ts'

/**
 * Second pass: the smaller side is traded, and the longer one takes part in proportion. Where all bids are alike and all asks too,
 * this is the mid-market rate and every other mechanism with one price; only the price differs.
 */
export function clearProRata({ open }: KernelPrices, block: KernelBlock): void {
  const { first, count, supplyKwh, demandKwh, boughtShare, soldShare } = block
  block.tradeFrom = count
  block.tradeTo = 0
  for (let step = 0; step < count; step++) {
    const supply = supplyKwh[step]
    const demand = demandKwh[step]
    const traded = supply < demand ? supply : demand
    if (traded > 0 && open[first + step] !== 0) {
      boughtShare[step] = traded / demand
      soldShare[step] = traded / supply
      if (block.tradeTo === 0) block.tradeFrom = step
      block.tradeTo = step + 1
    } else {
      boughtShare[step] = 0
      soldShare[step] = 0
    }
  }
}
