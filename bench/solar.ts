/**
 * A site-year at five minutes through the whole solar chain, ours and pvlib's on the same inputs: position of the
 * sun, decomposition (Erbs), transposition (Perez), incidence (physical), cell temperature (SAPM), DC, AC.
 *
 * `npm run bench:solar -- --python PATH` (or the variable BENCH_PYTHON) names a python3 that can import pvlib;
 * without one only our side is measured, and the file is left as it is. Writes solar.md beside this file.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { streamFor } from '../data/random.ts'
import { pressurePa, relativeAirmass } from '../models/solar/airmass.ts'
import { halfTurnDeg } from '../models/solar/angles.ts'
import { sandia } from '../models/solar/cell-temperature.ts'
import { ineichen, newClearSky } from '../models/solar/clear-sky.ts'
import { erbs, newDecomposition } from '../models/solar/decomposition.ts'
import { dayOfYear, extraterrestrial } from '../models/solar/extraterrestrial.ts'
import { physicalModifier } from '../models/solar/incidence-modifier.ts'
import { incidenceAngle } from '../models/solar/incidence.ts'
import { acPower, dcPower } from '../models/solar/pvwatts.ts'
import { newSunPosition, type SunPosition, sunPosition } from '../models/solar/sun-position.ts'
import { newPlaneOfArray, transpose } from '../models/solar/transposition.ts'

const ROWS = 105_120
const STEP = 300
const REPEATS = 7
const SLOW_STEP_SECONDS = 86_400
const SITE = {
  latitudeDeg: 42.37,
  longitudeDeg: -71.02,
  altitudeM: 6,
  pressureHpa: 1013.25,
  temperatureC: 12,
  deltaTSeconds: 69,
}
const PLANE = { tiltDeg: 30, azimuthDeg: 200 }
const START = Date.UTC(2023, 0, 1) / 1000

const column = () => new Float64Array(ROWS)
const times = column().map((_, row) => START + (row + 0.5) * STEP)

/** Clear sky under clouds of a seeded stream, air and wind: what both sides are given. */
function weather() {
  const sun = sunPosition(times, SITE)
  const clear = ineichen(
    sun.apparentZenithDeg,
    relativeAirmass(sun.apparentZenithDeg),
    extraterrestrial(dayOfYear(times, 0)),
    { altitudeM: SITE.altitudeM, linkeTurbidity: 3, pressurePa: pressurePa(6), perezEnhancement: false },
    newClearSky(ROWS),
  )
  const stream = streamFor(1, 'bench', 'clouds')
  let cloud = 0.5
  const ghi = clear.ghi.map((watts) => {
    cloud = Math.min(1, Math.max(0, cloud + (stream.uniform() - 0.5) * 0.2))
    return watts * (1 - 0.8 * cloud)
  })
  const airC = times.map((time) => 10 - 12 * Math.cos((2 * Math.PI * (time - START)) / 31_536_000))
  const windMps = column().map(() => 8 * stream.uniform())
  return { ghi, airC, windMps }
}

const buffers = {
  sun: newSunPosition(ROWS),
  day: column(),
  extra: column(),
  split: newDecomposition(ROWS),
  incidence: column(),
  light: newPlaneOfArray(ROWS),
  modifier: column(),
  poa: column(),
  absorbed: column(),
  cell: column(),
  dc: column(),
  ac: column(),
}

/** The chain over columns, every step the function that scenarios and references use. */
function chain({ ghi, airC, windMps }: ReturnType<typeof weather>): Float64Array {
  const { sun, day, extra, split, incidence, light, modifier, poa, absorbed, cell, dc, ac } = buffers
  sunPosition(times, SITE, SLOW_STEP_SECONDS, sun)
  extraterrestrial(dayOfYear(times, 0, day), undefined, extra)
  erbs(ghi, sun.zenithDeg, extra, split)
  incidenceAngle(sun.apparentZenithDeg, sun.azimuthDeg, PLANE, incidence)
  const irradiance = { ghi, dni: split.dni, dhi: split.dhi }
  transpose('perez', irradiance, sun.apparentZenithDeg, incidence, extra, PLANE, 0.2, light)
  physicalModifier(incidence, undefined, modifier)
  for (let row = 0; row < ROWS; row++) {
    const diffuse = light.sky[row] + light.ground[row]
    poa[row] = light.beam[row] + diffuse
    absorbed[row] = light.beam[row] * modifier[row] + diffuse
  }
  sandia(poa, airC, windMps, { a: -3.56, b: -0.075, deltaTC: 3 }, cell)
  dcPower(absorbed, cell, { powerW: 5000, perC: -0.0037, referenceC: 25 }, dc)
  return acPower(dc, { dcPowerW: 4340, efficiencyFraction: 0.96, referenceFraction: 0.9637 }, ac)
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]
function measured(run: () => void): number {
  const seconds = Array.from({ length: REPEATS + 2 }, () => {
    const start = performance.now()
    run()
    return (performance.now() - start) / 1000
  })
  // The first two are the compiler's.
  return median(seconds.slice(2))
}

/** Greatest angle between two columns of directions, degrees, over rows with the sun up. */
function greatestTurn(a: SunPosition, b: SunPosition): number {
  let most = 0
  for (let row = 0; row < ROWS; row++) {
    if (a.zenithDeg[row] > 90) continue
    const zenith = a.zenithDeg[row] - b.zenithDeg[row]
    const sine = Math.sin((a.zenithDeg[row] * Math.PI) / 180)
    most = Math.max(most, Math.hypot(zenith, halfTurnDeg(a.azimuthDeg[row] - b.azimuthDeg[row]) * sine))
  }
  return most
}

interface Theirs {
  readonly version: string
  readonly position: number
  readonly chain: number
}

/** pvlib on the same inputs, in a process of its own; null when that python can't import it. */
function pvlib(
  python: string,
  inputs: ReturnType<typeof weather>,
): { times: Theirs; ac: Float64Array } | null {
  const folder = mkdtempSync(join(tmpdir(), 'bench-solar-'))
  try {
    for (const [name, values] of Object.entries({ times, ...inputs }))
      writeFileSync(join(folder, name), new Uint8Array(values.buffer))
    const script = join(import.meta.dirname, 'solar_pvlib.py')
    const run = spawnSync(python, [script, folder, String(REPEATS)], { encoding: 'utf8' })
    if (run.status !== 0) {
      console.error(
        `pvlib was not run by ${python}: ${(run.stderr ?? '').trim().split('\n').at(-1) ?? run.error}`,
      )
      return null
    }
    const bytes = readFileSync(join(folder, 'ac'))
    const ac = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
    return { times: JSON.parse(run.stdout) as Theirs, ac }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const { values } = parseArgs({ options: { python: { type: 'string' } } })
const inputs = weather()
const ours = {
  exact: measured(() => sunPosition(times, SITE, 0, buffers.sun)),
  position: measured(() => sunPosition(times, SITE, SLOW_STEP_SECONDS, buffers.sun)),
  chain: measured(() => chain(inputs)),
}
const turn = greatestTurn(sunPosition(times, SITE), sunPosition(times, SITE, SLOW_STEP_SECONDS))
const ac = chain(inputs).slice()
const kwh = (watts: Float64Array) => (watts.reduce((sum, value) => sum + value, 0) * STEP) / 3.6e6
const ms = (seconds: number) => (seconds * 1000).toFixed(1)
const python = values.python ?? process.env.BENCH_PYTHON ?? 'python3'
const theirs = pvlib(python, inputs)
console.log(`ours: position ${ms(ours.position)} ms (exact ${ms(ours.exact)} ms), chain ${ms(ours.chain)} ms`)
if (theirs !== null) {
  const squares = ac.reduce((sum, watts, row) => sum + (watts - theirs.ac[row]) ** 2, 0)
  const row = (what: string, us: number, them: number) =>
    `| ${what} | ${ms(us)} | ${ms(them)} | ${(them / us).toFixed(1)} × |`
  const table = [
    '| | ours, ms | pvlib, ms | |',
    '|---|---|---|---|',
    row('position of the sun', ours.position, theirs.times.position),
    row('whole chain', ours.chain, theirs.times.chain),
  ].join('\n')
  console.log(table)
  writeFileSync(
    join(import.meta.dirname, 'solar.md'),
    `# A site-year at five minutes: ours and pvlib

${ROWS.toLocaleString('en-US')} rows, Boston 2023, tilt ${PLANE.tiltDeg}°, azimuth ${PLANE.azimuthDeg}°: position of the sun (NREL), Erbs, Perez, incidence
(physical), cell temperature (SAPM), DC and AC (PVWatts), on one core, the same inputs on both sides in one run; median of ${REPEATS}.
Written by \`bench/solar.ts\`.

${table}

pvlib ${theirs.times.version} by numpy (its default); Node ${process.versions.node}; ${cpus()[0].model.trim()}, shared.

- Slow terms of the position are evaluated once a day and interpolated by cubics: at most ${turn.toExponential(1)}° from the exact
  position with the sun up (allowed: 1e-4). Every term at every row takes ${ms(ours.exact)} ms.
- AC energy of the year: ${kwh(ac).toFixed(3)} kWh ours, ${kwh(theirs.ac).toFixed(3)} kWh pvlib's; RMSE of a row ${Math.sqrt(squares / ROWS).toExponential(1)} W.
`,
  )
}
