import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadSweep } from '../../scenarios/sweep/load.ts'
import { checkPoints } from '../../scenarios/sweep/sweep.ts'
import { readGolden } from '../regress/golden.ts'
import { temporaryFolder } from '../../sim/testing.ts'
import { vpp } from './testing/sweeps.ts'

const JOBS = join(import.meta.dirname, 'jobs')
const ROOT = join(import.meta.dirname, '..', '..')
const root = temporaryFolder()
const study = join(root, 'study.yaml')
writeFileSync(
  study,
  'sweep: 1\nscenario: one-home\nset: { period.days: 1 }\nparameters:\n  - { path: seed, values: [1, 2, 3] }\n',
)
const table = (out: string) => {
  const { stdout } = vpp(['sweep', study, '--out', out, '--merge', '--json', '--quiet'])
  return readFileSync((JSON.parse(stdout) as { table: string }).table)
}

test('the examples of docs/batches.md are a sweep and a golden file', () => {
  const text = readFileSync(join(ROOT, 'docs', 'batches.md'), 'utf8')
  const [sweep, golden] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, body]) => body)
  const path = join(root, 'example.yaml')
  writeFileSync(path, sweep)
  const loaded = loadSweep(path, { vary: [], set: [] })
  let sound = 0
  checkPoints(loaded, [...loaded.points.keys()], () => sound++)
  expect(sound).toBe(64)
  writeFileSync(path, golden)
  expect(readGolden(path).golden.scenarios).toHaveLength(1)
  // Every option that the text names is one of the commands'.
  const options = [...text.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, name]) => name)
  const help = ['sweep', 'sweep-worker', 'compare', 'regress', 'notebook']
    .map((name) => vpp([name, '--help']).stdout)
    .join('')
  expect(options.filter((name) => !help.includes(`--${name}`))).toEqual([])
})

// Neither scheduler is here: the files are held to their forms, and what they start is run as it stands there.
describe('job templates', () => {
  test('Slurm: the script is sound, its options are known, and its tasks and merge give the table', () => {
    const script = join(JOBS, 'slurm.sh')
    expect(spawnSync('bash', ['-n', script]).status).toBe(0)
    const options = [...readFileSync(script, 'utf8').matchAll(/^#SBATCH --([a-z-]+)/gm)].map(
      ([, name]) => name,
    )
    const known = ['job-name', 'nodes', 'ntasks', 'cpus-per-task', 'mem', 'time', 'signal', 'requeue']
    expect(options).toEqual(known)
    const out = join(root, 'slurm')
    const submit = (more: Record<string, string>) =>
      spawnSync('bash', [script, study, out], {
        encoding: 'utf8',
        env: {
          ...process.env,
          SLURM_SUBMIT_DIR: ROOT,
          SLURM_CPUS_PER_TASK: '1',
          SLURM_ARRAY_TASK_MIN: '0',
          SLURM_ARRAY_TASK_COUNT: '2',
          ...more,
        },
      })
    for (const SLURM_ARRAY_TASK_ID of ['0', '1']) expect(submit({ SLURM_ARRAY_TASK_ID }).status).toBe(0)
    const merged = submit({ VPP_MERGE: '1' })
    expect(merged.stdout).toMatch(/3 runs: 0 computed, 3 there before/)
    expect(submit({ SLURM_ARRAY_TASK_ID: '7' }).status).toBe(2)
  })

  test('Kubernetes: an indexed Job whose parts, run as it says, give the table', () => {
    interface Job {
      apiVersion: string
      kind: string
      spec: {
        completionMode: string
        completions: number
        parallelism: number
        template: {
          spec: {
            restartPolicy: string
            containers: {
              command: string[]
              args: string[]
              env: { name: string; value: string }[]
              volumeMounts: { name: string }[]
            }[]
            volumes: { name: string }[]
          }
        }
      }
    }
    const { apiVersion, kind, spec } = parse(readFileSync(join(JOBS, 'kubernetes.yaml'), 'utf8')) as Job
    expect([apiVersion, kind, spec.completionMode]).toEqual(['batch/v1', 'Job', 'Indexed'])
    const { restartPolicy, containers, volumes } = spec.template.spec
    const [{ command, args, env, volumeMounts }] = containers
    expect(restartPolicy).toBe('Never')
    expect(volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name))
    const variables = Object.fromEntries(env.map(({ name, value }) => [name, value]))
    expect(variables.VPP_SHARDS).toBe(String(spec.completions))
    expect(spec.parallelism).toBeLessThanOrEqual(spec.completions)
    expect(command).toEqual(['node', 'cli/vpp.mjs'])
    const out = join(root, 'kubernetes')
    const here = args.map((arg) => (arg === '/data/study.yaml' ? study : arg === '/data/runs' ? out : arg))
    // Three of the eight parts have a run, the others none.
    for (const index of [0, 1, 2]) {
      const done = vpp(here, { ...variables, JOB_COMPLETION_INDEX: String(index) })
      expect(done.status).toBe(0)
    }
    expect(table(out)).toEqual(table(join(root, 'slurm')))
  })
})
