import {
  close,
  closeSync,
  fsync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'

const MARK = '.writing-'
const OURS = `${MARK}${hostname()}-`

/** A name beside the file that no other process or thread uses. */
export const scratchName = (path: string): string => `${path}${OURS}${process.pid}-${threadId}`

/** Writes a file whole or not at all: another name, its bytes on the disk, then its own name. */
export function writeDurably(path: string, bytes: string | Uint8Array): void {
  const scratch = scratchName(path)
  try {
    const file = openSync(scratch, 'w')
    try {
      const buffer = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
      for (let at = 0; at < buffer.length;) at += writeSync(file, buffer, at)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(scratch, path)
  } catch (error) {
    rmSync(scratch, { force: true })
    throw error
  }
}

/**
 * The same for a file whose reader knows a torn one: it has its name when this returns, so that a killed process takes
 * nothing along; the promise is kept when its bytes are on the disk, and the thread does not wait for that.
 */
export function writeThenSync(path: string, bytes: string): Promise<void> {
  const scratch = scratchName(path)
  const file = openSync(scratch, 'w')
  try {
    const buffer = Buffer.from(bytes)
    for (let at = 0; at < buffer.length;) at += writeSync(file, buffer, at)
    renameSync(scratch, path)
  } catch (error) {
    closeSync(file)
    rmSync(scratch, { force: true })
    throw error
  }
  return new Promise((resolve, reject) => {
    fsync(file, (failed) => {
      close(file, (failedToClose) => {
        const error = failed ?? failedToClose
        if (error === null || error === undefined) resolve()
        else reject(error)
      })
    })
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes what a killed process of this machine left half written in a folder. */
export function removeLeftovers(dir: string): void {
  for (const name of readdirSync(dir)) {
    const at = name.indexOf(OURS)
    if (at < 0) continue
    const pid = Number.parseInt(name.slice(at + OURS.length), 10)
    if (pid !== process.pid && !isAlive(pid)) rmSync(join(dir, name), { recursive: true, force: true })
  }
}
