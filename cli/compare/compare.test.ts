import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../sim/testing.ts'
import { refused, sweepInto, vpp } from '../sweep/testing/sweeps.ts'

const out = temporaryFolder()
const compare = (...args: string[]) => vpp(['compare', ...args, '--out', out, '--quiet'])

interface Compared {
  page: string
  items: string[]
  over: string
  paired: { id: string; others: { pairs: number; mean: number; interval: number[] | null }[] }[]
}

describe('vpp compare', () => {
  test('scenarios over seeds, with a page and within 80 columns', () => {
    const args = ['one-home', 'pooled', '--seeds', '2', '--days', '1']
    const done = compare(...args)
    expect(done.status).toBe(0)
    expect(done.stdout.split('\n').filter((line) => line.length > 80 && !line.startsWith('page'))).toEqual([])
    const { items, over, page, paired } = JSON.parse(compare(...args, '--json').stdout) as Compared
    expect([items, over]).toEqual([['one-home', 'pooled'], 'rows'])
    expect(paired.find(({ id }) => id === 'solar')?.others[0]).toMatchObject({ pairs: 2, interval: null })
    expect(readFileSync(page, 'utf8')).toContain('pooled against one-home')
  })

  test('groups of one sweep, and sweeps with each other', async () => {
    const capacity = 'communities[].homes[].battery.capacityKwh'
    const flags = (mechanism: string) => ({
      vary: [`seed=1,2,3,4,5`, `${capacity}=5,10`],
      set: ['period.days=1', `market.mechanism=${mechanism}`],
    })
    const [a, b] = [await sweepInto(out, flags('none')), await sweepInto(out, flags('mid-market'))]
    const groups = JSON.parse(compare(a.dir, '--by', capacity, '--json').stdout) as Compared
    expect(groups.items).toEqual(['capacityKwh 5', 'capacityKwh 10'])
    const cost = groups.paired.find(({ id }) => id === 'battery-cost')
    expect(cost?.others[0]).toMatchObject({ pairs: 5, mean: 5500, interval: [5500, 5500] })
    const both = JSON.parse(compare(a.sweepId, b.sweepId, '--json').stdout) as Compared
    expect(both.over).toBe('rows')
  })

  test.each([
    [['one-home'], 2, /has one item/],
    [['one-home', 'nothing'], 3, /nothing {2}is no run/],
    [['one-home', '--by', 'seed'], 2, /belongs to one sweep/],
    [['one-home', 'pooled', '--seeds', '0'], 2, /--seeds {2}is 0/],
  ])('%j is refused', async (args, status, message) => {
    const done = await refused(['compare', ...args, '--out', out, '--quiet', '--days', '1'])
    expect(done.stderr).toMatch(message)
    expect(done.status).toBe(status)
  })
})
