import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { CatalogueFile } from '../../data/catalogue/files.ts'
import { VppError } from '../../data/errors.ts'

export interface DownloadOptions {
  /** `http:`/`https:` address, or the path of a local file. */
  readonly from: string
  readonly to: string
  readonly file: CatalogueFile
  /** Torn connections in a row, without a byte gained, before it gives up. */
  readonly tries?: number
  readonly pauseMs?: number
  readonly signal?: AbortSignal
}

export type Downloaded = 'fetched' | 'resumed' | 'there already'

export function sha256Of(path: string): string {
  const digest = createHash('sha256')
  const buffer = new Uint8Array(1 << 20)
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const length = readSync(file, buffer, 0, buffer.length, null)
      if (length === 0) return digest.digest('hex')
      digest.update(buffer.subarray(0, length))
    }
  } finally {
    closeSync(file)
  }
}

/**
 * Brings a file of the catalogue to `to`: a part that was begun before goes on where it ended, the whole
 * is verified by size and SHA-256 before it gets its name, and a file that is there is never written
 * over. What does not verify is thrown away.
 *
 * @throws VppError where the source cannot be had, or is not the recorded one, or another file is in the way
 */
export async function download(options: DownloadOptions): Promise<Downloaded> {
  const { from, to, file } = options
  if (existsSync(to)) {
    if (sha256Of(to) === file.sha256) return 'there already'
    throw new VppError('failure', {
      place: to,
      problem: `is there and is not the recorded file (SHA-256 ${file.sha256})`,
      fix: 'it is left as it is: move it away, or fetch into another folder with --out',
    })
  }
  mkdirSync(dirname(to), { recursive: true })
  const part = `${to}.part`
  const before = existsSync(part) ? statSync(part).size : 0
  // More than the file has cannot be a part of it.
  if (before > file.bytes) rmSync(part)
  await (/^https?:/.test(from) ? fetchPart(options, part) : copyPart(options, part))
  const sha256 = sha256Of(part)
  if (statSync(part).size !== file.bytes || sha256 !== file.sha256) {
    rmSync(part)
    throw new VppError('failure', {
      place: from,
      problem: `gives a file with SHA-256 ${sha256}; the recorded one is ${file.sha256}`,
      fix: 'it was thrown away: the origin has changed, give a --mirror that has the recorded file',
    })
  }
  // A link fails where a name is taken: nothing is ever written over.
  linkSync(part, to)
  rmSync(part)
  return before > 0 && before <= file.bytes ? 'resumed' : 'fetched'
}

async function fetchPart(
  { from, file, tries = 5, pauseMs = 500, signal }: DownloadOptions,
  part: string,
): Promise<void> {
  let failures = 0
  let last: unknown
  for (;;) {
    const have = existsSync(part) ? statSync(part).size : 0
    if (have === file.bytes) return
    if (failures >= tries)
      throw new VppError(
        'failure',
        {
          place: from,
          problem: `ends at ${have} of ${file.bytes} bytes, ${failures} times${last instanceof Error ? ` (${last.message})` : ''}`,
          fix: 'run it again: it goes on where it ended',
        },
        last,
      )
    try {
      // oxlint-disable-next-line no-await-in-loop -- each try goes on where the last one ended
      await request(from, part, have, file.bytes, signal)
    } catch (cause) {
      if (cause instanceof VppError || signal?.aborted === true) throw cause
      last = cause
    }
    const gained = (existsSync(part) ? statSync(part).size : 0) > have
    failures = gained ? 0 : failures + 1
    // oxlint-disable-next-line no-await-in-loop
    if (!gained) await new Promise((resolve) => setTimeout(resolve, pauseMs * failures))
  }
}

async function request(
  from: string,
  part: string,
  have: number,
  bytes: number,
  signal?: AbortSignal,
): Promise<void> {
  const response = await fetch(from, {
    headers: { 'accept-encoding': 'identity', ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
    ...(signal === undefined ? {} : { signal }),
  })
  if (!response.ok || response.body === null) {
    await response.body?.cancel()
    if (response.status >= 500 || response.status === 429) throw new Error(`HTTP ${response.status}`)
    throw new VppError('failure', {
      place: from,
      problem: `answers HTTP ${response.status}`,
      fix: 'give a --mirror, a folder or an address that has the set',
    })
  }
  // A server that does not resume begins again; one that resumes elsewhere cannot be trusted.
  if (have > 0 && response.status !== 206) truncateSync(part)
  else if (have > 0 && !(response.headers.get('content-range') ?? '').startsWith(`bytes ${have}-`))
    throw new Error(`asked for bytes from ${have}, got ${response.headers.get('content-range')}`)
  let size = have > 0 && response.status === 206 ? have : 0
  for await (const chunk of response.body) {
    size += chunk.length
    if (size > bytes) {
      rmSync(part)
      throw new VppError('failure', {
        place: from,
        problem: `gives more than the recorded ${bytes} bytes`,
        fix: 'it was thrown away: the origin has changed, give a --mirror that has the recorded file',
      })
    }
    appendFileSync(part, chunk)
  }
}

/** The same from a folder: it goes on where it ended, in pieces. */
async function copyPart({ from, file }: DownloadOptions, part: string): Promise<void> {
  const have = existsSync(part) ? statSync(part).size : 0
  if (have === file.bytes) return
  let source: number
  try {
    source = openSync(from, 'r')
  } catch (cause) {
    throw new VppError(
      'failure',
      { place: from, problem: 'cannot be read', fix: 'give a --mirror that has the set' },
      cause,
    )
  }
  try {
    const buffer = new Uint8Array(1 << 20)
    for (let at = have; ;) {
      const length = readSync(source, buffer, 0, buffer.length, at)
      if (length === 0) return
      appendFileSync(part, buffer.subarray(0, length))
      at += length
    }
  } finally {
    closeSync(source)
  }
}
