/** Published rates as facts: what a sheet says, where it is from, of when, and how well it is known. */

/** A: read on the page of utility or regulator, or in its machine-readable tariff. B: arithmetic on such. C: assumed. */
export type Grade = 'A' | 'B' | 'C'

/** One line of a sheet, the same in every month or by month of the year, USD/kWh. */
export interface PublishedLine {
  readonly label: string
  /** One value, or twelve, January first. */
  readonly usdPerKwh: readonly number[]
  readonly grade: Grade
  /** Part of the supply, which a neighbor's energy replaces; left out: delivery, which stays. */
  readonly supply?: true
}

/** One price by season and hour. */
export interface PublishedPeriod {
  readonly label: string
  readonly usdPerKwh: number
}

export interface PublishedTariff {
  readonly label: string
  readonly utility: string
  readonly source: string
  /** When the figures held. */
  readonly date: string
  /** Not a tariff that anybody can take: what it is instead. */
  readonly notOffered?: string
  /** Sum of the lines is the price of the month; or periods by a schedule. */
  readonly price:
    | { readonly lines: readonly PublishedLine[] }
    | {
        readonly periods: readonly PublishedPeriod[]
        /** Twelve texts of 24 digits: the period by month and hour. */
        readonly weekday: readonly string[]
        readonly weekend: readonly string[]
        readonly grade: Grade
      }
  /** One value, or twelve, January first. */
  readonly fixedUsdPerMonth: readonly number[]
  readonly fixedGrade: Grade
  /** What else the sheet or the rules say, each with its grade. */
  readonly notes: readonly string[]
}
