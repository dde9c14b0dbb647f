import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { VppError } from '../data/errors.ts'
import { RUN_FILES } from '../data/run-files.ts'
import { didYouMean } from '../scenarios/nearest.ts'

const isRun = (dir: string): boolean => existsSync(join(dir, RUN_FILES.manifest))

/**
 * The folder of a run, named by its path, by its name under `outDir`, or by the beginning of its name
 * when only one run begins so.
 */
export function findRun(run: string, outDir: string): string {
  for (const dir of [run, join(outDir, run)]) if (isRun(dir)) return dir
  const names = existsSync(outDir) ? readdirSync(outDir).filter((name) => isRun(join(outDir, name))) : []
  const begin = names.filter((name) => name.startsWith(run))
  if (begin.length === 1) return join(outDir, begin[0])
  const many = begin.length > 1
  throw new VppError('invalid', {
    place: run,
    problem: many ? `several runs begin so: ${begin.slice(0, 3).join(', ')}` : 'is no run',
    fix: many ? 'give the whole name' : didYouMean(run, names) || '`vpp run first-neighborhood` makes one',
  })
}
