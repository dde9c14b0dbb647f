import { expect, test } from 'vitest'
import type { CohortTask } from './cohort.ts'
import { runCohort } from './cohort.ts'
import { methodOf, OVER_BURN_KWH } from './targets.ts'
import { CHEMISTRIES, GROUPS } from './truth.ts'

const task = (change: Partial<CohortTask>): CohortTask => ({
  seed: 77,
  purpose: 'study',
  group: 'D',
  chemistry: 'LFP',
  quality: 'typical',
  fault: null,
  years: 1,
  first: 0,
  count: 3,
  variants: ['closure', 'no-prediction'],
  baselines: [
    ['raw-soc', 1],
    ['trailing-factor', 6],
  ],
  story: false,
  ...change,
})

// A small part of `vpp burn study`; its figures in full are in bench/burn-study.md.
test.each(GROUPS.flatMap((group) => CHEMISTRIES.map((chemistry) => ({ group, chemistry }))))(
  'a year of three $chemistry batteries of group $group',
  ({ group, chemistry }) => {
    const { batteries } = runCohort(task({ group, chemistry }))
    for (const battery of batteries) {
      for (const method of battery.methods) {
        // M − W − B is what is left, to the milliwatt-hour: conservation.
        const lost = method.burnedKwh.reduce((sum, one) => sum + one, 0)
        const left = method.mintedKwh - method.deliveredKwh - lost - method.heldKwh
        expect(Math.abs(left), method.name).toBeLessThan(1e-6)
        expect(Math.min(...method.burnedKwh)).toBeGreaterThanOrEqual(0)
      }
      const own = methodOf(battery, 'closure')
      expect(own.overBurnKwh).toBeLessThanOrEqual(OVER_BURN_KWH)
      expect(battery.learnt.beyondHighKwh).toBeLessThanOrEqual(0)
      expect(own.unbackedKwh).toBeLessThan(methodOf(battery, 'trailing-factor').unbackedKwh / 10)
      expect(battery.learnt.covered / battery.learnt.intervals).toBeGreaterThan(0.5)
      expect(own.unclaimedKwh / battery.dischargedKwh).toBeLessThan(0.01)
      if (own.lossKwh[0] >= 30) {
        expect(Math.abs(own.burnedKwh[0] / own.lossKwh[0] - 1)).toBeLessThan(0.1)
      }
    }
  },
)

test('prediction switched off: the same is burned, ten times as much is unbacked', () => {
  const { batteries } = runCohort(task({ count: 4 }))
  const sum = (name: string, of: 'unbackedKwh' | 'burned') =>
    batteries.reduce((all, battery) => {
      const method = methodOf(battery, name)
      return all + (of === 'burned' ? method.burnedKwh[0] : method.unbackedKwh)
    }, 0)
  expect(Math.abs(sum('no-prediction', 'burned') / sum('closure', 'burned') - 1)).toBeLessThan(0.02)
  expect(sum('no-prediction', 'unbackedKwh')).toBeGreaterThan(10 * sum('closure', 'unbackedKwh'))
})

test('who believes a reported charge over-burns, and who has no gate', () => {
  const { batteries } = runCohort(
    task({ chemistry: 'NMC', count: 6, quality: 'poor', variants: ['closure', 'no-gate', 'soc-anchor'] }),
  )
  const over = (name: string) =>
    batteries.filter((one) => methodOf(one, name).overBurnKwh > OVER_BURN_KWH).length
  expect(over('closure')).toBe(0)
  expect(over('no-gate')).toBeGreaterThan(2)
  expect(over('soc-anchor')).toBeGreaterThan(2)
})

test.each(['stuck-sensor', 'swapped-battery', 'meter-at-limit', 'capacity-step', 'soc-too-high'] as const)(
  '%s: nothing is over-burned',
  (fault) => {
    const { batteries } = runCohort(task({ fault, count: 2, quality: 'typical' }))
    for (const battery of batteries) {
      expect(methodOf(battery, 'closure').overBurnKwh).toBeLessThanOrEqual(OVER_BURN_KWH)
    }
  },
)

test('what an owner reports of the charge changes nothing', () => {
  const honest = runCohort(task({ count: 2 })).batteries
  const lying = runCohort(task({ count: 2, fault: 'soc-too-high' })).batteries
  lying.forEach((battery, at) =>
    expect(methodOf(battery, 'closure')).toEqual(methodOf(honest[at], 'closure')),
  )
  expect(methodOf(lying[0], 'raw-soc').unbackedKwh).toBeGreaterThan(
    methodOf(honest[0], 'raw-soc').unbackedKwh,
  )
})

test('the same task gives the same figures', () => {
  const one = task({ count: 1, group: 'L', story: true })
  const first = runCohort(one)
  expect(runCohort(one)).toEqual(first)
  expect(first.story?.energyKwh).toHaveLength(14 * 96)
})
