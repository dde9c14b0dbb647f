/** Words of a ring's control block; positions count words ever, modulo 2^32. */
const WRITTEN = 0
const READ = 1
const STATE = 2
const CONTROL_WORDS = 4

/** What the reading side has come to. */
export const RUNNING = 0
export const ENDED = 1
export const FAILED = 2

/** A record's header: its kind, and its length with the header, in words and even. */
const HEADER = 2
/** Kind of a record that only fills the ring up to its end. */
const FILLER = 0
/** How long a side waits before it looks again whether the other one still goes on, milliseconds. */
const LOOK_MS = 1000
/** Without progress for so long the reader is taken for dead. */
const DEAD_LOOKS = 120

/** The memory that the two sides of a ring share. */
export interface RingMemory {
  readonly control: Int32Array<SharedArrayBuffer>
  readonly words: Int32Array<SharedArrayBuffer>
}

/** @param words a power of two */
export const ringMemory = (words: number): RingMemory => ({
  control: new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4)),
  words: new Int32Array(new SharedArrayBuffer(words * 4)),
})

/**
 * The writing side of a ring of records of words, for one writer and one reader. A record lies in one piece, so that
 * the reader reads it where it stands. Records become visible with `publish`; a full ring is waited for.
 */
export class RingWriter {
  readonly words: Int32Array<SharedArrayBuffer>
  readonly #control: Int32Array<SharedArrayBuffer>
  #written = 0
  #published = 0
  /** As last seen. */
  #read = 0

  constructor({ control, words }: RingMemory) {
    this.#control = control
    this.words = words
  }

  /** Most words that a record should have: a longer one would have to wait for an empty ring. */
  get most(): number {
    return this.words.length >> 2
  }

  /** A record with room for so many words; returns where they go in `words`. To be closed before anything else. */
  open(kind: number, length: number): number {
    const size = this.words.length
    const whole = (HEADER + length + 1) & ~1
    let at = this.#written & (size - 1)
    const tail = size - at
    if (tail < whole) {
      this.#reserve(tail + whole)
      this.words[at] = FILLER
      this.words[at + 1] = tail
      this.#written = (this.#written + tail) | 0
      at = 0
    } else this.#reserve(whole)
    this.words[at] = kind
    this.words[at + 1] = whole
    return at + HEADER
  }

  /** The record that is open is filled. */
  close(): void {
    this.#written = (this.#written + this.words[(this.#written & (this.words.length - 1)) + 1]) | 0
    if (((this.#written - this.#published) | 0) > this.words.length >> 3) this.publish()
  }

  publish(): void {
    this.#published = this.#written
    Atomics.store(this.#control, WRITTEN, this.#written)
    Atomics.notify(this.#control, WRITTEN)
  }

  get state(): number {
    return Atomics.load(this.#control, STATE)
  }

  /** Waits until the reader has ended, or failed. */
  finish(): void {
    this.publish()
    this.#wait(() => this.state !== RUNNING)
  }

  #reserve(length: number): void {
    const { words } = this
    if (((this.#written - this.#read) | 0) + length <= words.length) return
    this.publish()
    this.#wait(() => {
      this.#read = Atomics.load(this.#control, READ)
      return this.state !== RUNNING || ((this.#written - this.#read) | 0) + length <= words.length
    })
  }

  #wait(done: () => boolean): void {
    for (let looks = 0; !done();) {
      const read = Atomics.load(this.#control, READ)
      const waited = done() ? 'not-equal' : Atomics.wait(this.#control, READ, read, LOOK_MS)
      looks = waited === 'timed-out' ? looks + 1 : 0
      if (looks === DEAD_LOOKS) throw new Error('internal: the thread of the ledger does not answer')
    }
  }
}

/** The reading side. */
export class RingReader {
  readonly words: Int32Array<SharedArrayBuffer>
  readonly #control: Int32Array<SharedArrayBuffer>
  #written = 0
  #read = 0
  #length = 0
  /** Of the record at hand. */
  kind = 0

  constructor({ control, words }: RingMemory) {
    this.#control = control
    this.words = words
  }

  /** Waits for the next record, which stays as it is until the next call; returns where its words begin. */
  next(): number {
    this.#read = (this.#read + this.#length) | 0
    for (;;) {
      if (this.#read === this.#written) this.#await()
      const at = this.#read & (this.words.length - 1)
      this.kind = this.words[at]
      this.#length = this.words[at + 1]
      if (this.kind !== FILLER) return at + HEADER
      this.#read = (this.#read + this.#length) | 0
    }
  }

  /** Gives the room of all records before the one at hand back to the writer. */
  release(): void {
    Atomics.store(this.#control, READ, this.#read)
    Atomics.notify(this.#control, READ)
  }

  /** Tells the writer that there is no more reading. */
  end(state: typeof ENDED | typeof FAILED): void {
    Atomics.store(this.#control, STATE, state)
    Atomics.store(this.#control, READ, (this.#read + this.#length) | 0)
    Atomics.notify(this.#control, READ)
  }

  #await(): void {
    this.release()
    for (;;) {
      this.#written = Atomics.load(this.#control, WRITTEN)
      if (this.#written !== this.#read) return
      Atomics.wait(this.#control, WRITTEN, this.#written)
    }
  }
}
