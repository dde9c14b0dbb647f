import type { StateReader, Writes } from '../chaincode/world.ts'

/** A world state in memory: what the chaincode's code runs on where there is no peer. */
export class MemoryState implements StateReader {
  readonly values = new Map<string, Uint8Array>()

  get(key: string): Promise<Uint8Array> {
    return Promise.resolve(this.values.get(key) ?? new Uint8Array())
  }

  range(first: string, end: string): Promise<[string, Uint8Array][]> {
    const keys = [...this.values.keys()].filter((key) => key >= first && key < end).toSorted()
    return Promise.resolve(keys.map((key) => [key, this.values.get(key) as Uint8Array]))
  }

  commit(writes: Writes): void {
    for (const [key, value] of writes) {
      if (value === null) this.values.delete(key)
      else this.values.set(key, value)
    }
  }
}
