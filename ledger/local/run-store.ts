import { BlockStore } from './store.ts'

/** Takes the blocks of a ledger that is kept elsewhere into a durable ledger's file, for later use. */
export class RunStore {
  readonly #store: BlockStore
  #blocks = 0

  constructor(path: string) {
    this.#store = new BlockStore(path)
  }

  append(block: Uint8Array): void {
    this.#store.append(++this.#blocks, block)
  }

  commit(): void {
    this.#store.commit()
  }

  close(): void {
    this.#store.commit()
    this.#store.close()
  }
}
