import type { RefusalCode } from '../../contract/refusal.ts'
import { WINDOW } from '../../local/client-window.ts'
import type { Keys } from './keys.ts'
import { packed, PackedReader, PackedWriter, unpacked } from './packing.ts'
import type { StateReader, Writes } from './world.ts'

interface Slot {
  readonly sequence: number
  readonly print: number
  readonly receipt: string
}

const epochOf = (sequence: number): number => Math.floor(sequence / WINDOW)

/**
 * What the network remembers of its clients' transactions: one key for each place in a client's window of
 * 4,096, so that two transactions of one client can be in flight together. The highest number, on which
 * `too-old` depends, would be a key that everyone writes: only its run of 4,096 is kept, and for a number of
 * the run before the places behind it are looked at, as many as it comes late.
 */
export class Identifiers {
  readonly #keys: Keys
  readonly #state: StateReader
  readonly #slots = new Map<string, Slot | null>()
  readonly #epochs = new Map<number, number>()
  readonly #changed = new Set<string>()
  readonly #changedEpochs = new Set<number>()

  constructor(keys: Keys, state: StateReader) {
    this.#keys = keys
    this.#state = state
  }

  /** Fetches what `look` needs to know of these. */
  async need(transactions: Iterable<{ client: number; sequence: number }>): Promise<void> {
    const fetches: Promise<void>[] = []
    for (const { client, sequence } of transactions) {
      fetches.push(this.#needSlot(this.#keys.identifier(client, sequence)))
      if (!this.#epochs.has(client)) {
        this.#epochs.set(client, 0)
        fetches.push(
          this.#state.get(this.#keys.epoch(client)).then((bytes) => {
            if (bytes.length > 0) this.#epochs.set(client, unpacked(bytes))
          }),
        )
      }
    }
    await Promise.all(fetches)
  }

  async #needSlot(key: string): Promise<void> {
    if (this.#slots.has(key)) return
    this.#slots.set(key, null)
    const bytes = await this.#state.get(key)
    if (bytes.length === 0) return
    const reader = new PackedReader(bytes)
    const slot = { sequence: reader.i64(), print: reader.i64(), receipt: '' }
    slot.receipt = Buffer.from(bytes.subarray(reader.at)).toString('latin1')
    this.#slots.set(key, slot)
  }

  /** The receipt of a repetition, a refusal, or null for a number that is new. */
  async look(client: number, sequence: number, print: number): Promise<{ ok: string } | RefusalCode | null> {
    const slot = this.#slots.get(this.#keys.identifier(client, sequence)) ?? null
    if (slot !== null && slot.sequence > sequence) return 'too-old'
    const late = (this.#epochs.get(client) as number) - epochOf(sequence)
    if (late > 1 || (late === 1 && (await this.#passed(client, sequence)))) return 'too-old'
    if (slot === null || slot.sequence < sequence) return null
    return slot.print === print ? { ok: slot.receipt } : 'conflict'
  }

  /** Has any number from `sequence` + 4,096 on been taken, in the run after the one that `sequence` lies in? */
  async #passed(client: number, sequence: number): Promise<boolean> {
    const keys: string[] = []
    for (let later = sequence + WINDOW; epochOf(later) === epochOf(sequence) + 1; later++) {
      keys.push(this.#keys.identifier(client, later))
    }
    await Promise.all(keys.map((key) => this.#needSlot(key)))
    return keys.some((key) => (this.#slots.get(key)?.sequence ?? 0) >= sequence + WINDOW)
  }

  remember(client: number, sequence: number, print: number, receipt: string): void {
    const key = this.#keys.identifier(client, sequence)
    this.#slots.set(key, { sequence, print, receipt })
    this.#changed.add(key)
    const epoch = epochOf(sequence)
    if (epoch <= (this.#epochs.get(client) as number)) return
    this.#epochs.set(client, epoch)
    this.#changedEpochs.add(client)
  }

  write(writes: Writes): void {
    for (const key of this.#changed) {
      const { sequence, print, receipt } = this.#slots.get(key) as Slot
      const out = new PackedWriter()
      out.i64(sequence)
      out.i64(print)
      writes.set(key, Buffer.concat([out.take(), Buffer.from(receipt, 'latin1')]))
    }
    for (const client of this.#changedEpochs) {
      writes.set(this.#keys.epoch(client), packed(this.#epochs.get(client) as number))
    }
  }
}
