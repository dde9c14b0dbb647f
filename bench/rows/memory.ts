import { largeRun } from '../large-run.ts'
import type { Row } from './row.ts'

/** Homes and days: the same homes for longer, and ten times as many for a day. */
const RUNS = [
  [1000, 4],
  [1000, 16],
  [10_000, 1],
] as const
const MOST_MB = 2048
/** Collections of garbage come when they like: so much is no growth. */
const GROWTH = 1.1

/** Real runs of large neighborhoods, with everything that they write: what they take, and whether longer ones take more. */
export const memory: Row = {
  id: 'memory',
  title: 'memory, 10,000 homes, one year',
  target: 'under 2 GiB; grows with homes, not with steps',
  async measure() {
    const runs = []
    // One after the other: they share the processor.
    // oxlint-disable-next-line no-await-in-loop
    for (const [homes, days] of RUNS) runs.push(await largeRun(homes, days))
    const [short, long, large] = runs
    const growth = long.megabytes / short.megabytes
    const lines = runs.map(
      ({ homes, days, megabytes, wallSeconds, megabytesByTenth, files }) =>
        `| ${homes.toLocaleString('en-US')} | ${days} | ${Math.round(megabytes)} | ${megabytesByTenth.map(Math.round).join(', ')} | ${Math.round(Object.values(files).reduce((sum, size) => sum + size, 0))} | ${Math.round(wallSeconds)} |`,
    )
    return {
      measured: `${Math.round(large.megabytes)} MB; ${growth.toFixed(2)} × for ${long.days / short.days} × the days`,
      // Days do not show a year: `npm run bench:year-10000` does.
      reached: large.megabytes > MOST_MB || growth > GROWTH ? false : null,
      detail: `\`vpp run\` of scenarios that list every home (no two with the same load), at five minutes, with tokens, journal, series, key figures and
report, in a process of its own. A whole year of ten thousand homes is \`npm run bench:year-10000\` (\`bench/year-10000.md\`).

| homes | days | most memory, MB | by tenths of the run, MB | written, MB | s |
|---|---|---|---|---|---|
${lines.join('\n')}`,
    }
  },
}
