import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { newKernelState } from '../../sim/kernel/kernel.ts'
import { compileLoop } from './c-loop.ts'
import runCommunity from './community.ts'
import { kernelYear, writeInput } from './input.ts'
import { deviation, totalsOf } from './totals.ts'

const HOMES = 30
const folder = mkdtempSync(join(tmpdir(), 'vpp-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const scalar = compileLoop('scalar', folder)
const vector = compileLoop('vector', folder)

/** Our totals of the homes split into communities. */
function ours(input: ReturnType<typeof kernelYear>, communities: number): number[] {
  const state = newKernelState(input.homes)
  for (let at = 0; at < communities; at++) {
    const [from, to] = [at, at + 1].map((edge) => Math.floor((HOMES * edge) / communities))
    runCommunity({ input, state, from, to })
  }
  return totalsOf(state)
}

// Without a C compiler there is nothing to compare with.
describe.skipIf(scalar === null)('thirty homes, a year in five minutes, in C', () => {
  const input = kernelYear(HOMES)
  const file = join(folder, 'input')
  writeInput(file, input)

  test('one home after the other: the same to the last bit, as one community and as four on two threads', async () => {
    const one = ours(input, 1)
    expect(one.every((value) => value > 0)).toBe(true)
    expect((await scalar?.run(file, 1, 1))?.totals).toEqual(one)
    const four = ours(input, 4)
    expect((await scalar?.run(file, 4, 2))?.totals).toEqual(four)
    // Neighbors that are split trade less.
    expect(deviation(four, one)).toBeGreaterThan(1e-6)
  })

  test('homes in lanes: the same but for the order of sums', async () => {
    const run = await vector?.run(file, 1, 1)
    expect(deviation(ours(input, 1), run?.totals ?? [])).toBeLessThan(1e-12)
  })
})
