/**
 * Metering rules: what becomes of exported energy. The first five are options 0 to 4 of SAM's Utilityrate5.
 */
export type Metering =
  /** m0: the month's exports offset its imports, period by period; kWh left over roll into the next month. */
  | {
      readonly kind: 'net-metering-kwh'
      /** Paid for what is left at the true-up. */
      readonly yearEndUsdPerKwh: number
      /** Month after whose bill what is left is paid and forgotten, 1 to 12. */
      readonly trueUpMonth: number
      /** The value of what is left at the true-up becomes a dollar credit on later bills, not a payment. */
      readonly rollOver: boolean
    }
  /** m1: as above, but what a month has left becomes dollars at the sell rate and offsets later energy charges. */
  | {
      readonly kind: 'net-metering-usd'
      /** Month in which what is left is paid out; null: it is carried without end (Massachusetts). */
      readonly trueUpMonth: number | null
    }
  /** A month's exports offset its imports at the price of their own time; what is left earns a rate at once. */
  | { readonly kind: 'net-metering-value'; readonly excessUsdPerKwh: number }
  /** m2: every interval's import costs the buy rate, every interval's export earns the sell rate, paid at once. */
  | { readonly kind: 'net-billing' }
  /** m3: as m2, but exports earn dollars that offset energy charges of later months. */
  | {
      readonly kind: 'net-billing-carry'
      readonly trueUpMonth: number | null
      /** What is left at the true-up is lost, not paid. */
      readonly expires: boolean
      /** A month's credits already offset its own charges. */
      readonly sameMonth: boolean
    }
  /** m4: everything used is bought, everything made is sold, over two meters. */
  | { readonly kind: 'buy-all-sell-all' }
