import { VppError } from '../../data/errors.ts'
import type { Shard } from './plan.ts'

type Environment = Readonly<Record<string, string | undefined>>

const refuse = (problem: string, fix: string): never => {
  throw new VppError('usage', { place: '--shard', problem, fix })
}

const whole = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined

/**
 * Which part of a sweep to do: `2/8`, or `auto` for what the scheduler says: a Slurm array's task
 * (SLURM_ARRAY_TASK_ID of _MIN, _STEP and _COUNT) or an indexed Kubernetes Job (JOB_COMPLETION_INDEX, from 0; how many
 * there are stands in VPP_SHARDS or `auto/8`).
 * @throws VppError('usage')
 */
export function shardOf(text: string, environment: Environment): Shard {
  const [first, second] = text.split('/')
  const given = whole(second)
  if (second !== undefined && (given === undefined || given < 1))
    refuse(`is ${JSON.stringify(text)}; must end in a number of parts`, 'write --shard 2/8 or --shard auto')
  if (first !== 'auto') {
    const part = whole(first)
    if (part === undefined || given === undefined || part < 1 || part > given)
      return refuse(
        `is ${JSON.stringify(text)}; must be part/parts with 1 ≤ part ≤ parts`,
        'write --shard 2/8 or --shard auto',
      )
    return { part, of: given }
  }
  const task = whole(environment.SLURM_ARRAY_TASK_ID)
  if (task !== undefined) {
    const least = whole(environment.SLURM_ARRAY_TASK_MIN) ?? 0
    const step = whole(environment.SLURM_ARRAY_TASK_STEP) ?? 1
    const of = given ?? whole(environment.SLURM_ARRAY_TASK_COUNT)
    if (of === undefined)
      return refuse('SLURM_ARRAY_TASK_COUNT is not set', 'write --shard auto/N with the number of tasks')
    return inRange((task - least) / step + 1, of, 'SLURM_ARRAY_TASK_ID')
  }
  const index = whole(environment.JOB_COMPLETION_INDEX)
  if (index !== undefined) {
    const of = given ?? whole(environment.VPP_SHARDS)
    if (of === undefined)
      return refuse('VPP_SHARDS is not set', 'set it to the completions of the Job, or write --shard auto/N')
    return inRange(index + 1, of, 'JOB_COMPLETION_INDEX')
  }
  return refuse(
    'auto finds neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX',
    'write --shard 2/8, or start it as an array',
  )
}

function inRange(part: number, of: number, name: string): Shard {
  if (!Number.isInteger(part) || part < 1 || part > of)
    return refuse(`${name} gives part ${part} of ${of}`, 'make the array as large as the number of parts')
  return { part, of }
}
