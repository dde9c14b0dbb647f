import { existsSync, readFileSync } from 'node:fs'
import { VppError } from '../../data/errors.ts'
import type { KnownRoot } from '../../ledger/audit/verify.ts'

/** What `vpp ledger root` writes: enough to hold a ledger to its past. */
export interface RootFile {
  readonly format: 1
  readonly ledger: string
  readonly block: number
  readonly blockHash: string
  readonly root: string
}

/** `BLOCK:HASH`, or a file that `vpp ledger root` wrote; the block's hash counts, because it covers all blocks before. */
export function knownRoot(text: string): KnownRoot {
  const written = /^(\d+):([0-9a-fA-F]{64})$/.exec(text)
  if (written !== null) return { block: Number(written[1]), hash: written[2].toLowerCase() }
  if (existsSync(text)) {
    const file = parsed(readFileSync(text, 'utf8'))
    if (Number.isInteger(file?.block) && /^[0-9a-f]{64}$/.test(file?.blockHash ?? '')) {
      return { block: file?.block ?? 0, hash: file?.blockHash ?? '' }
    }
  }
  throw new VppError('usage', {
    place: `--root ${text}`,
    problem: 'is neither BLOCK:HASH nor a file with a root',
    fix: '`vpp ledger root RUN --out FILE` writes one',
  })
}

function parsed(text: string): Partial<RootFile> | null {
  try {
    return JSON.parse(text) as Partial<RootFile> | null
  } catch {
    return null
  }
}
