import { writeFileSync } from 'node:fs'
import { streamFor } from '../data/random.ts'
import { newEvidence } from '../models/burn/evidence.ts'
import { type BurnSettings, FULL, newFleet, REFUSED } from '../models/burn/fleet.ts'
import { stepBurn } from '../models/burn/step.ts'
import { SETTINGS } from '../models/burn/testing.ts'

/** The burn algorithm's step for 1,000 batteries, one core, CPU time: target under 0.1 ms an interval. */
const BATTERIES = 1000
const STEPS = 4000
const ROUNDS = 5

const settings: BurnSettings = { ...SETTINGS, confirmHours: 1 }

/** A day of registers, the same shape for all, each battery at its own phase: fills, stands full, empties, refuses. */
function day(): { charge: Float64Array; discharge: Float64Array; flags: Uint8Array } {
  const charge = new Float64Array(96)
  const discharge = new Float64Array(96)
  const flags = new Uint8Array(96)
  for (let step = 0; step < 96; step++) {
    if (step >= 32 && step < 60) charge[step] = 390_000
    else if (step < 68) flags[step] = step >= 60 ? FULL : 0
    else if (step < 90) discharge[step] = 420_000
    else flags[step] = REFUSED
  }
  return { charge, discharge, flags }
}

function measure(): { milliseconds: number; anchors: number } {
  const fleet = newFleet(Array.from({ length: BATTERIES }, () => settings))
  const evidence = newEvidence(fleet.nameplateMilliWh, fleet.ratedMilliWh, fleet.standbyW, 15)
  const { charge, discharge, flags } = day()
  const stream = streamFor(1, 'bench', 'burn')
  const phase = Uint8Array.from({ length: BATTERIES }, () => Math.floor(96 * stream.uniform()))
  const [c, d, active, aside] = [0, 0, 0, 0].map(() => new Float64Array(BATTERIES))
  let anchors = 0
  const begin = process.cpuUsage()
  for (let step = 0; step < STEPS; step++) {
    const hours = (step + 1) / 4
    for (let battery = 0; battery < BATTERIES; battery++) {
      const at = (step + phase[battery]) % 96
      c[battery] += charge[at]
      d[battery] += discharge[at]
      active[battery] = Math.max(0, active[battery] + Math.floor(charge[at] * 0.9) - discharge[at])
      stepBurn(
        fleet,
        evidence,
        battery,
        c[battery],
        d[battery],
        flags[at],
        active[battery],
        aside[battery],
        hours,
        0.25,
        hours * 60,
      )
      active[battery] -= fleet.moveMilliWh[battery]
      aside[battery] += fleet.moveMilliWh[battery]
      if (fleet.anchor[battery] !== 0) {
        anchors++
        aside[battery] = 0
      }
    }
  }
  const { user } = process.cpuUsage(begin)
  return { milliseconds: user / 1000 / STEPS, anchors }
}

const rounds = Array.from({ length: ROUNDS }, measure)
const best = Math.min(...rounds.map(({ milliseconds }) => milliseconds))
const sorted = rounds.map(({ milliseconds }) => milliseconds).toSorted((a, b) => a - b)
const text = `# The burn algorithm's step

\`node bench/burn.ts\`: ${BATTERIES} batteries in columns, ${STEPS} intervals of a quarter of an hour each, ${ROUNDS} rounds on one core, user CPU time.
Registers fill, stand full, empty and refuse once a day, each battery at its own phase; ${rounds[0].anchors} anchors a round are learnt from.

| | ms an interval for ${BATTERIES} batteries |
|---|---|
| target | 0.1 |
| best round | ${best.toFixed(4)} |
| median | ${sorted[Math.floor(ROUNDS / 2)].toFixed(4)} |

That is ${((best * 1e6) / BATTERIES).toFixed(0)} ns for a battery and interval.
`
writeFileSync(new URL('burn.md', import.meta.url), text)
process.stdout.write(text)
