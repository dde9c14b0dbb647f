import type { Row } from './row.ts'
import { runNeighborhood } from './year.ts'

const HOMES = 10_000
/** A year takes an hour on two cores (`VPP_BENCH_MEMORY_DAYS=365`); whether memory grows with time shows in days. */
const DAYS = Number(process.env.VPP_BENCH_MEMORY_DAYS ?? 3)
const MOST_MB = 2048
/** Tables double when they are full; beyond that nothing may grow once a day has been seen. */
const GROWTH = 1.15

/** Ten thousand homes with everything on: what the process takes, and whether it takes more as time goes on. */
export const memory: Row = {
  id: 'memory',
  title: 'memory, 10,000 homes, one year',
  target: 'under 2 GiB; grows with homes, not with steps',
  measure() {
    const runs = [HOMES / 10, HOMES].map((homes) => ({ homes, ...runNeighborhood(homes, DAYS, 'piped') }))
    const { megabytes, megabytesByTenth } = runs[1]
    const growth = megabytesByTenth[megabytesByTenth.length - 1] / megabytesByTenth[0]
    const lines = runs.map(
      (run) =>
        `| ${run.homes.toLocaleString('en-US')} | ${Math.round(run.megabytes)} | ${run.megabytesByTenth.map(Math.round).join(', ')} |`,
    )
    return {
      measured: `${Math.round(megabytes)} MB, ${growth.toFixed(2)} × from the first to the last of ${DAYS} days`,
      // Days do not show a year.
      reached: megabytes > MOST_MB || growth > GROWTH ? false : DAYS >= 365 ? true : null,
      detail: `Figures only, engine and ledger in two threads, ${DAYS} days at five minutes, no journal. The homes share the series of twelve measured ones, as
homes of one profile do; a home with a series of its own takes 0.8 MB more for each year of it, and one whose own series \`vpp run\` writes
3.4 MB: those do grow with steps.

| homes | most memory, MB | as the run went on, MB |
|---|---|---|
${lines.join('\n')}`,
    }
  },
}
