/** Processor time of this process since the last call of it, seconds: other work on the machine's cores is
 * not in it, the compiler's and the collector's threads are. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

export const best = (values: readonly number[]): number => Math.min(...values)
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
