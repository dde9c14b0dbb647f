import type { KernelBlock, KernelPrices, KernelState } from './kernel.ts'

/** Third pass: what each home traded, what it paid and received, and what the utility would have charged and paid for it. */
export function tradeHomes(prices: KernelPrices, { sums }: KernelState, block: KernelBlock): void {
  const { first, stride, netKwh, boughtShare, soldShare, tradeFrom, tradeTo } = block
  const { importUsdPerKwh, exportUsdPerKwh, peerUsdPerKwh } = prices
  const homes = sums.boughtKwh.length
  for (let home = 0; home < homes; home++) {
    const row = home * stride
    let boughtKwh = 0
    let boughtUsd = 0
    let avoidedUsd = 0
    let soldKwh = 0
    let soldUsd = 0
    let forgoneUsd = 0
    for (let step = tradeFrom; step < tradeTo; step++) {
      const net = netKwh[row + step]
      // Read on either way: what one branch alone reads, the compiler looks up anew each time.
      const buys = boughtShare[step]
      const sells = soldShare[step]
      const peer = peerUsdPerKwh[first + step]
      const retail = importUsdPerKwh[first + step]
      const paid = exportUsdPerKwh[first + step]
      if (net > 0) {
        const sold = net * sells
        soldKwh += sold
        soldUsd += sold * peer
        forgoneUsd += sold * paid
      } else {
        const bought = -net * buys
        boughtKwh += bought
        boughtUsd += bought * peer
        avoidedUsd += bought * retail
      }
    }
    sums.boughtKwh[home] += boughtKwh
    sums.boughtUsd[home] += boughtUsd
    sums.avoidedUsd[home] += avoidedUsd
    sums.soldKwh[home] += soldKwh
    sums.soldUsd[home] += soldUsd
    sums.forgoneUsd[home] += forgoneUsd
  }
}
