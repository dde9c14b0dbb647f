/** What one row of `npm run bench` found. */
export interface RowResult {
  /** The figure beside its target, in a few words: `1.09 ×`. */
  readonly measured: string
  /** Null: nothing could be measured here; `detail` says why. */
  readonly reached: boolean | null
  /** How it was measured, in Markdown: tables, sentences. */
  readonly detail: string
}

/** One row of `npm run bench`: a file here, and a line in `registry.ts`. */
export interface Row {
  readonly id: string
  readonly title: string
  /** What must be reached, as the issue says it. */
  readonly target: string
  readonly measure: () => RowResult | Promise<RowResult>
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/** Three significant digits. */
export const short = (value: number): string => String(Number(value.toPrecision(3)))
