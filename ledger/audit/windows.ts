/** So many of a client's latest numbers are remembered; what is older cannot come again. */
const WINDOW = 4096
const WORDS = WINDOW / 32
/** Number modulo window, of whole numbers up to 2^53 too; a shift takes its count modulo 32 by itself. */
const MASK = WINDOW - 1

/** Which sequence numbers each client has used, within its window: 512 bytes a client. */
export class Windows {
  readonly #highest = new Map<number, { highest: number; bits: Int32Array }>()
  #client = -1
  #last: { highest: number; bits: Int32Array } = { highest: 0, bits: new Int32Array(0) }

  /** Takes a number; `''`, or what is wrong with it. */
  take(client: number, sequence: number): string {
    if (sequence < 1) return `sequence ${sequence} is below 1`
    if (client !== this.#client) {
      let window = this.#highest.get(client)
      if (window === undefined) {
        window = { highest: 0, bits: new Int32Array(WORDS) }
        this.#highest.set(client, window)
      }
      this.#client = client
      this.#last = window
    }
    const { highest, bits } = this.#last
    if (sequence > highest) {
      // The bits of the numbers skipped over are left from one window ago.
      if (sequence - highest >= WINDOW) bits.fill(0)
      else for (let at = highest + 1; at < sequence; at++) bits[(at & MASK) >> 5] &= ~(1 << at)
      this.#last.highest = sequence
    } else if (sequence <= highest - WINDOW) {
      return `too-old: sequence ${sequence} of client ${client}, whose highest is ${highest}`
    } else if (((bits[(sequence & MASK) >> 5] >> sequence) & 1) === 1) {
      return `sequence ${sequence} of client ${client} stands in the chain twice`
    }
    bits[(sequence & MASK) >> 5] |= 1 << sequence
    return ''
  }
}
