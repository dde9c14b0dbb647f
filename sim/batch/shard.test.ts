import { describe, expect, test } from 'vitest'
import { shardIndices } from './plan.ts'
import { shardOf } from './shard.ts'

test('shards share out all points, each once', () => {
  for (const of of [1, 2, 3, 7, 20]) {
    const parts = Array.from({ length: of }, (_, at) => shardIndices(13, { part: at + 1, of })).flat()
    expect(parts.toSorted((a, b) => a - b)).toEqual(shardIndices(13, null))
  }
})

describe('which shard', () => {
  test('by hand', () => expect(shardOf('2/8', {})).toEqual({ part: 2, of: 8 }))

  test.each([
    [{ ID: '0', MIN: '0', COUNT: '4' }, 1],
    [{ ID: '3', MIN: '0', COUNT: '4' }, 4],
    [{ ID: '1', MIN: '1', COUNT: '4' }, 1],
    [{ ID: '14', MIN: '10', COUNT: '3', STEP: '2' }, 3],
  ])('by Slurm’s array %j', (array, part) => {
    const environment = Object.fromEntries(
      Object.entries(array).map(([name, value]) => [`SLURM_ARRAY_TASK_${name}`, value]),
    )
    expect(shardOf('auto', environment)).toEqual({ part, of: Number(array.COUNT) })
  })

  test('by Kubernetes’ completion index', () => {
    expect(shardOf('auto/5', { JOB_COMPLETION_INDEX: '4' })).toEqual({ part: 5, of: 5 })
    expect(shardOf('auto', { JOB_COMPLETION_INDEX: '0', VPP_SHARDS: '3' })).toEqual({ part: 1, of: 3 })
  })

  test.each([
    ['0/3', {}, /1 ≤ part ≤ parts/],
    ['4/3', {}, /1 ≤ part ≤ parts/],
    ['1', {}, /1 ≤ part ≤ parts/],
    ['a/3', {}, /1 ≤ part ≤ parts/],
    ['1/0', {}, /must end in a number of parts/],
    ['auto', {}, /finds neither/],
    ['auto', { JOB_COMPLETION_INDEX: '1' }, /VPP_SHARDS is not set/],
    ['auto/2', { JOB_COMPLETION_INDEX: '2' }, /gives part 3 of 2/],
    ['auto', { SLURM_ARRAY_TASK_ID: '1' }, /SLURM_ARRAY_TASK_COUNT is not set/],
    [
      'auto',
      {
        SLURM_ARRAY_TASK_ID: '3',
        SLURM_ARRAY_TASK_MIN: '0',
        SLURM_ARRAY_TASK_STEP: '2',
        SLURM_ARRAY_TASK_COUNT: '3',
      },
      /gives part 2.5 of 3/,
    ],
  ] as [string, Record<string, string>, RegExp][])('%s with %j is refused', (text, environment, message) =>
    expect(() => shardOf(text, environment)).toThrow(message),
  )
})
