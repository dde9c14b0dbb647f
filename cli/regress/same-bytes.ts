import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { VppError } from '../../data/errors.ts'
import { RUN_FILES } from '../../data/run-files.ts'
import { SWEEP_FILES } from '../../sim/batch/folder.ts'

/** Files that tell when, where and how long, and what is made from the others. */
const LEFT_OUT = new Set<string>([RUN_FILES.manifest, RUN_FILES.report, SWEEP_FILES.manifest])

function filesOf(dir: string): string[] {
  const marked = [RUN_FILES.manifest, SWEEP_FILES.sweep].some((name) => existsSync(join(dir, name)))
  if (!marked)
    throw new VppError('invalid', {
      place: dir,
      problem: 'is no run and no sweep',
      fix: 'name their folders',
    })
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
    .filter((name) => !LEFT_OUT.has(name))
    .toSorted()
}

/**
 * Compares two folders byte by byte.
 * @returns a sentence for each file that differs; none: they are equal
 */
export function byteDifferences(a: string, b: string): { files: number; differences: string[] } {
  const names = [...new Set([...filesOf(a), ...filesOf(b)])].toSorted()
  const differences = names.flatMap((name) => {
    const [first, second] = [join(a, name), join(b, name)]
    if (!existsSync(first)) return [`${name} is only in ${b}`]
    if (!existsSync(second)) return [`${name} is only in ${a}`]
    const [one, other] = [readFileSync(first), readFileSync(second)]
    if (one.equals(other)) return []
    const length = Math.min(one.length, other.length)
    let at = 0
    while (at < length && one[at] === other[at]) at++
    return [`${name} differs from byte ${at} on (${statSync(first).size} and ${statSync(second).size} bytes)`]
  })
  return { files: names.length, differences }
}
