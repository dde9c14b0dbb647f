import { execFile, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** One run of the C loop. */
export interface LoopRun {
  /** Of the clock, and of the processor by all its threads. */
  readonly wallSeconds: number
  readonly cpuSeconds: number
  /** Totals over all homes in the order of SUMS, then of energy and health. */
  readonly totals: readonly number[]
}

export interface CLoop {
  readonly compiler: string
  readonly flags: string
  /** The homes split into communities, by so many threads. */
  run(file: string, communities: number, threads: number): Promise<LoopRun>
}

const SOURCE = join(import.meta.dirname, '..', 'kernel.c')
const COMMON = ['-O3', '-ffp-contract=off', '-pthread']
/** No contraction of products and sums: the same operations give the same bits. */
const FLAGS = {
  scalar: [...COMMON, '-fno-tree-vectorize', '-Wno-unknown-pragmas'],
  vector: [...COMMON, '-march=native', '-fopenmp-simd', '-fno-math-errno', '-fno-trapping-math'],
} as const

/** Compiles the loop with the system's compiler (`$CC`, else gcc) into a folder; null: there is none. */
export function compileLoop(mode: keyof typeof FLAGS, folder: string): CLoop | null {
  const compiler = process.env.CC ?? 'gcc'
  const program = join(folder, mode)
  const version = spawnSync(compiler, ['--version'], { encoding: 'utf8' })
  if (version.status !== 0) return null
  const made = spawnSync(compiler, [...FLAGS[mode], '-o', program, SOURCE], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`${compiler} failed: ${made.stderr}`)
  return {
    compiler: version.stdout.split('\n')[0],
    flags: FLAGS[mode].join(' '),
    run: async (file, communities, threads) => {
      const { stdout } = await promisify(execFile)(program, [
        mode,
        file,
        String(communities),
        String(threads),
      ])
      return JSON.parse(stdout) as LoopRun
    },
  }
}
