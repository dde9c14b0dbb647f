import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { computeKpis, type KpiReport } from '../reports/kpi/compute.ts'
import type { KpiId } from '../reports/kpi/registry.ts'
import { galleryNames, galleryPath } from '../scenarios/gallery.ts'
import { loadScenario } from '../scenarios/load.ts'
import { runScenario } from '../sim/run.ts'
import { shownValue } from './kpi-summary.ts'
import { version } from './version.ts'

/** What a gallery scenario is expected to give; the README beside it shows the same. */
const KEPT: readonly KpiId[] = [
  'self-sufficiency',
  'self-consumption',
  'traded',
  'peak-import-change',
  'plant-gain',
  'trading-gain',
  'utility-revenue-change',
  'operator-income',
  'tstorage-minted',
  'storage-loss-burned',
  'curtailed-share',
  'wire-losses',
  'voltage-highest',
  'transformer-loading',
  'transformer-ageing',
  'hosting-capacity',
]

const START = '<!-- figures: written by cli/gallery-figures.ts -->'
const END = '<!-- end of figures -->'

/** Nine significant digits: a last bit of a sum is no change of result. */
const kept = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(9)))

/** Runs a gallery scenario as it is written. */
export async function runFigures(name: string): Promise<KpiReport> {
  const { scenario, path } = loadScenario(name)
  const outDir = mkdtempSync(join(tmpdir(), 'vpp-figures-'))
  try {
    const { results } = await runScenario({
      scenario,
      baseDir: dirname(path),
      outDir,
      workers: 2,
      command: `vpp run ${name}`,
      version,
    })
    return computeKpis(results, scenario)
  } finally {
    rmSync(outDir, { recursive: true, force: true })
  }
}

export const expectedPath = (name: string): string => join(dirname(galleryPath(name)), 'expected.json')
export const readmePath = (name: string): string => join(dirname(galleryPath(name)), 'README.md')

const keptOf = ({ kpis }: KpiReport) => KEPT.flatMap((id) => kpis.filter((kpi) => kpi.id === id))

/** The figures as `expected.json` has them. */
export const expectedJson = (report: KpiReport): string =>
  `${JSON.stringify(Object.fromEntries(keptOf(report).map(({ id, value }) => [id, kept(value)])), null, 2)}\n`

/** A README with its table of figures renewed. */
export function withFigures(readme: string, report: KpiReport): string {
  const rows = keptOf(report).map((kpi) => `| ${kpi.label} | ${shownValue(kpi, report.simulatedDays)} |`)
  const block = [START, '', '| figure | value |', '| --- | --- |', ...rows, '', END].join('\n')
  const [before, rest] = readme.split(START)
  if (rest === undefined) return readme
  return `${before}${block}${rest.slice(rest.indexOf(END) + END.length)}`
}

if (process.argv[1] === import.meta.filename && process.argv.includes('--write')) {
  for (const name of galleryNames()) {
    // One after another: each uses all cores.
    // oxlint-disable-next-line no-await-in-loop
    const report = await runFigures(name)
    writeFileSync(expectedPath(name), expectedJson(report))
    writeFileSync(readmePath(name), withFigures(readFileSync(readmePath(name), 'utf8'), report))
  }
}
