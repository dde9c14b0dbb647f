import { BILL_CASES, type BillCase } from '../data/run-files.ts'

/** Greatest net power of the whole community, by case, milliwatt-hours per interval. */
export interface Peaks {
  readonly importMilliWh: Record<BillCase, number>
  readonly exportMilliWh: Record<BillCase, number>
}

/** Nothing yet. */
export function newPeaks(): Peaks {
  const zeros = () => Object.fromEntries(BILL_CASES.map((name) => [name, 0])) as Record<BillCase, number>
  return { importMilliWh: zeros(), exportMilliWh: zeros() }
}

/** One interval's net power of the community, by case; above zero it imports. */
export function raisePeaks(peaks: Peaks, net: Readonly<Record<BillCase, number>>): void {
  for (const name of BILL_CASES) {
    if (net[name] > peaks.importMilliWh[name]) peaks.importMilliWh[name] = net[name]
    if (-net[name] > peaks.exportMilliWh[name]) peaks.exportMilliWh[name] = -net[name]
  }
}
