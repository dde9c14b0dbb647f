import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { kernelHomes } from './homes.ts'
import { evenBlocks, newKernelState, runKernel } from './kernel.ts'

/** Half a unit of the files' last digit, and what their summands were rounded by. */
const ROW_KWH = 2e-6

interface Reference {
  readonly dt_h: number
  readonly capacity_kwh: number
  readonly power_kw: number
  readonly eta_one_way: number
  readonly initial_energy_kwh: number
  readonly greedy_totals: Readonly<
    Record<'charge' | 'discharge' | 'import' | 'export' | 'end_energy', number>
  >
}

/** A file's columns of numbers by name. */
function columns(file: string): Record<string, Float64Array> {
  const [head, ...rows] = readFileSync(join(SHARED_DATA, file), 'utf8').trimEnd().split('\n')
  const cells = rows.map((row) => row.split(',').map(Number))
  return Object.fromEntries(
    head.split(',').map((label, at) => [label, Float64Array.from(cells, (row) => row[at])]),
  )
}

describe('a home alone, as in golden-dispatch', () => {
  testWithSharedData.for([1, 10, 16])('home %i, every row', (home) => {
    const name = String(home).padStart(2, '0')
    const reference = JSON.parse(
      readFileSync(join(SHARED_DATA, `golden-dispatch/dispatch_home${name}.json`), 'utf8'),
    ) as Reference
    const greedy = columns(`golden-dispatch/greedy_home${name}.csv`)
    const measured = columns(`homes-fontana-2016/home_${name}.csv`)
    const steps = greedy.import_kwh.length
    const input = {
      homes: kernelHomes(
        [
          {
            profile: 0,
            loadScale: 1,
            solarScale: 1,
            battery: {
              capacityKwh: reference.capacity_kwh,
              powerKw: reference.power_kw,
              chargeEfficiency: reference.eta_one_way,
              dischargeEfficiency: reference.eta_one_way,
              standbyW: 0,
              selfDischargePercentPerMonth: 0,
              minSocFraction: 0,
              maxSocFraction: 1,
              calendarFadePercentPerYear: 0,
              cycleFadePercentPerThousandEfc: 0,
            },
            startSocFraction: reference.initial_energy_kwh / reference.capacity_kwh,
          },
        ],
        reference.dt_h,
      ),
      profiles: { loadKwh: [measured.load_kwh], solarKwh: [measured.pv_kwh] },
      prices: {
        importUsdPerKwh: new Float64Array(steps).fill(1),
        exportUsdPerKwh: new Float64Array(steps).fill(1),
        peerUsdPerKwh: new Float64Array(steps),
        open: new Uint8Array(steps),
      },
      blocks: evenBlocks(steps, 24),
    }
    const state = newKernelState(input.homes)
    let worst = 0
    runKernel(input, state, ({ first, count, netKwh }) => {
      for (let step = 0; step < count; step++) {
        const net = greedy.export_kwh[first + step] - greedy.import_kwh[first + step]
        worst = Math.max(worst, Math.abs(netKwh[step] - net))
      }
    })
    expect(worst).toBeLessThan(ROW_KWH)
    expect(steps).toBe(8760)
    const { sums } = state
    const totals = reference.greedy_totals
    expect(sums.chargedKwh[0]).toBeCloseTo(totals.charge, 6)
    expect(sums.dischargedKwh[0]).toBeCloseTo(totals.discharge, 6)
    expect(sums.importKwh[0]).toBeCloseTo(totals.import, 6)
    expect(sums.exportKwh[0]).toBeCloseTo(totals.export, 6)
    expect(state.energyKwh[0]).toBeCloseTo(totals.end_energy, 9)
  })
})
