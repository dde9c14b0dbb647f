import * as columns from './columns.ts'
import type { LedgerView } from './view.ts'
import * as vocabulary from './vocabulary.ts'

const { ASSET_FOUND, ASSET_KIND, ASSET_SHIFT, BATTERY_MINUTE, BATTERY_ROW, BATTERY_WIDTH } = columns
const { LOT_MINUTE, LOT_SHIFT } = columns
const { BATTERY } = vocabulary

/** A transaction of so many operations is about a community whose state does not stay near the processor; below, asking costs more than it saves. */
const MANY = 4000
/** How many operations before its turn an asset's row is asked for, and how many before it the rows that this one leads to. */
const FAR = 6
const NEAR = 3

/**
 * Asks for the rows that operations further on will need, so that they are on their way from memory while the ones before
 * them are decided: a rule that waits for row after row takes twice as long. Nearly every operation names an asset
 * in its second word; one that does not costs a row for nothing. It decides nothing.
 */
export class ReadAhead {
  isOn = false
  #far = 0
  #near = 0
  #operations = 0
  /** Something of everything that was asked for, or the compiler would drop the asking. */
  seen = 0

  /** At the beginning of a transaction of so many operations. */
  begin(operations: number): void {
    this.isOn = operations >= MANY
    this.#far = 0
    this.#near = 0
    this.#operations = 0
  }

  /** Before each operation of a transaction that is well formed. */
  ask(view: LedgerView, words: Int32Array): void {
    if (this.#operations === 0) for (let ahead = 0; ahead < FAR; ahead++) this.#askFar(view, words)
    this.#operations++
    this.#askFar(view, words)
    if (this.#operations === 1) for (let ahead = 0; ahead < NEAR; ahead++) this.#askNear(view, words)
    this.#askNear(view, words)
  }

  #askFar({ assetWords }: LedgerView, words: Int32Array): void {
    const at = this.#far
    if (at >= words.length) return
    this.#far = at + (words[at] >>> 8)
    const asset = words[at + 2]
    if (asset > 0 && asset < assetWords.length >> ASSET_SHIFT)
      this.seen ^= assetWords[(asset << ASSET_SHIFT) + ASSET_FOUND]
  }

  #askNear({ assetWords, batteryWords, lotWords }: LedgerView, words: Int32Array): void {
    const at = this.#near
    if (at >= words.length) return
    this.#near = at + (words[at] >>> 8)
    const asset = words[at + 2]
    if (asset <= 0 || asset >= assetWords.length >> ASSET_SHIFT) return
    const its = asset << ASSET_SHIFT
    const found = assetWords[its + ASSET_FOUND]
    if (found !== 0) this.seen ^= lotWords[((found - 1) << LOT_SHIFT) + LOT_MINUTE]
    if (assetWords[its + ASSET_KIND] !== BATTERY) return
    this.seen ^= batteryWords[assetWords[its + BATTERY_ROW] * 2 * BATTERY_WIDTH + BATTERY_MINUTE]
  }
}
