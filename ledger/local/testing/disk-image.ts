import { basename, dirname } from 'node:path'
import type { DiskEvent } from './strace.ts'

/** A change of one file's content that is not known to be on the disk. */
type Change = { readonly at: number; readonly bytes: Buffer } | { readonly length: number }

interface DiskFile {
  /** What a reader sees. */
  content: Buffer
  /** What was there at the last sync. */
  synced: Buffer
  /** Changes since then. */
  pending: Change[]
}

/** Contents of the files of a folder, by name. */
export type Image = ReadonlyMap<string, Buffer>

function apply(content: Buffer, change: Change): Buffer {
  if ('length' in change) {
    const cut = Buffer.alloc(change.length)
    content.copy(cut)
    return cut
  }
  const { at, bytes } = change
  const grown = at + bytes.length > content.length ? Buffer.alloc(at + bytes.length) : Buffer.from(content)
  if (grown.length !== content.length) content.copy(grown)
  bytes.copy(grown, at)
  return grown
}

/**
 * What a disk may hold of one folder when the power goes, event by event. A write is safe once its
 * file is synced; a name (made, renamed or removed) once the folder is. Until then each may be there,
 * not there, or there in part.
 */
export class DiskModel {
  readonly #folder: string
  readonly #open = new Map<number, DiskFile | 'folder'>()
  #names = new Map<string, DiskFile>()
  #safeNames = new Map<string, DiskFile>()
  #last: { file: DiskFile; before: Buffer; bytes: Buffer; at: number } | null = null

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Takes in the next event; false when it is none of this folder's. */
  apply(event: DiskEvent): boolean {
    this.#last = null
    switch (event.call) {
      case 'open':
        return this.#opened(event)
      case 'unlink':
        return dirname(event.path) === this.#folder && this.#names.delete(basename(event.path))
      case 'rename': {
        const file = this.#names.get(basename(event.path))
        if (dirname(event.path) !== this.#folder || file === undefined) return false
        this.#names.delete(basename(event.path))
        this.#names.set(basename(event.to), file)
        return true
      }
      case 'told':
        return false
      default:
    }
    const file = this.#open.get(event.fd)
    if (file === undefined) return false
    if (file === 'folder')
      this.#safeNames = event.call === 'sync' && event.failed ? this.#safeNames : new Map(this.#names)
    else if (event.call === 'sync') {
      // What a failed sync was to write is lost, though readers see it still and the next sync succeeds:
      // so do the file systems of Linux.
      if (!event.failed) file.synced = file.pending.reduce<Buffer>(apply, file.synced)
      file.pending = []
    } else {
      const change = event.call === 'write' ? { at: event.at, bytes: event.bytes } : { length: event.length }
      const before = file.content
      file.content = apply(before, change)
      file.pending.push(change)
      if (event.call === 'write') this.#last = { file, before, bytes: event.bytes, at: event.at }
    }
    return true
  }

  #opened({ path, fd, creates }: DiskEvent & { call: 'open' }): boolean {
    this.#open.delete(fd)
    if (path === this.#folder) {
      this.#open.set(fd, 'folder')
      return false
    }
    if (dirname(path) !== this.#folder) return false
    let file = this.#names.get(basename(path))
    const isNew = file === undefined && creates
    if (isNew) {
      file = { content: Buffer.alloc(0), synced: Buffer.alloc(0), pending: [] }
      this.#names.set(basename(path), file)
    }
    if (file !== undefined) this.#open.set(fd, file)
    return isNew
  }

  /** Everything was written: the process was killed, the machine goes on. */
  written(): Image {
    return new Map([...this.#names].map(([name, file]) => [name, file.content]))
  }

  /** Only what was synced, under the names that were synced. */
  synced(): Image {
    return new Map([...this.#safeNames].map(([name, file]) => [name, file.synced]))
  }

  /** Of each file what was synced and any part of its later changes; names as they are. */
  reordered(random: () => number): Image {
    return new Map(
      [...this.#names].map(([name, file]) => [
        name,
        file.pending.filter(() => random() < 0.5).reduce<Buffer>(apply, file.synced),
      ]),
    )
  }

  /** Bytes of the last write; 0 when the last event was none. */
  get lastWriteBytes(): number {
    return this.#last?.bytes.length ?? 0
  }

  /** Only the first `length` bytes of the last write reached the disk. */
  torn(length: number): Image {
    const last = this.#last
    if (last === null) throw new Error('the last event was no write')
    const content = apply(last.before, { at: last.at, bytes: last.bytes.subarray(0, length) })
    return new Map(
      [...this.#names].map(([name, file]) => [name, file === last.file ? content : file.content]),
    )
  }
}
