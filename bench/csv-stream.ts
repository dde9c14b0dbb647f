/**
 * Memory and time of the CSV reader over a generated table: `node bench/csv-stream.ts MEGABYTES`. The table is
 * written to a file in the temporary folder, five-second intervals with eight columns, and read as
 * `vpp data import` reads it; prints one line of Markdown.
 */
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CsvSeries } from '../data/formats/csv-series.ts'
import { readTextInPieces } from '../data/read-text.ts'

const megabytes = Number(process.argv[2] ?? 200)
const dir = mkdtempSync(join(tmpdir(), 'vpp-stream-'))
const path = join(dir, 'meter.csv')
try {
  const file = openSync(path, 'w')
  writeSync(file, 'time,use_w,a,b,c,d,e,f\n')
  const start = Date.UTC(2020, 0, 1)
  let expected = 0n
  let rows = 0
  for (let written = 0; written < megabytes * 1e6;) {
    const lines: string[] = []
    for (let at = 0; at < 10_000; at++, rows++) {
      const watts = (rows * 7919) % 5000
      expected += BigInt(watts)
      lines.push(
        `${new Date(start + rows * 5000).toISOString().slice(0, 19)},${watts},0.5,${rows},x,y,2.25,3\n`,
      )
    }
    const text = lines.join('')
    writeSync(file, text)
    written += text.length
  }
  closeSync(file)

  let sum = 0
  let peak = 0
  const began = performance.now()
  const map = { name: 'meter.csv', column: 'use_w', unit: 'W', timeColumn: 'time', timeZone: 'UTC' } as const
  const series = new CsvSeries(map, (_, milliWh) => (sum += milliWh))
  readTextInPieces(
    path,
    path,
    (piece) => {
      series.push(piece)
      peak = Math.max(peak, process.memoryUsage.rss())
    },
    '',
  )
  series.end()
  const seconds = (performance.now() - began) / 1000
  // W · 5 s = 5 / 3.6 mWh; the running sum is rounded, so the total is exact to half a milliwatt-hour.
  const exact = Number(expected) * (5 / 3.6)
  if (series.count !== rows || Math.abs(sum - exact) > 1) throw new Error(`read ${sum} mWh of ${exact}`)
  const size = statSync(path).size / 1e6
  console.log(
    `| ${size.toFixed(0)} MB | ${rows.toLocaleString('en')} | ${seconds.toFixed(1)} s | ${(size / seconds).toFixed(0)} MB/s | ${(peak / 2 ** 20).toFixed(0)} MiB |`,
  )
} finally {
  rmSync(dir, { recursive: true, force: true })
}
