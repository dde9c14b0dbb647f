import { mulDivMillionFloor } from '../data/units.ts'
import { assert } from '../data/errors.ts'
import { batteryOf } from './accounts.ts'
import { LOT_ACTIVE, LOT_ASIDE, LOT_OWNER, LOT_SOURCE, LotRings } from './lot-rings.ts'

/** Most that a lot holds, milliwatt-hours: as much as an interval's flows do. */
const MOST = 0x7fff_ffff

/**
 * What every home's battery holds in tokens, as the agents know it: lots from the oldest to the newest, each active and set
 * aside. The agents write the transactions and need not ask the ledger what came of them; the ledger decides
 * by its own rules, and whoever runs both holds one against the other (`invariants.ts`). Milliwatt-hours.
 */
export class StorageStock {
  readonly lots: LotRings
  /** By home. */
  readonly active: Float64Array
  readonly setAside: Float64Array
  /** Registered energy, and the factor of mints to come. */
  readonly energyMilliWh: Float64Array
  readonly factorPpm: Float64Array
  /** Ever minted, of these as shadow, and lost by what anchors verified. */
  readonly minted: Float64Array
  readonly shadow: Float64Array
  readonly lost: Float64Array
  /** Sums over all homes. */
  activeTotal = 0
  setAsideTotal = 0
  mintedTotal = 0
  lostTotal = 0

  constructor(homes: number) {
    this.lots = new LotRings(homes)
    const column = () => new Float64Array(homes)
    this.active = column()
    this.setAside = column()
    this.energyMilliWh = column()
    this.factorPpm = column()
    this.minted = column()
    this.shadow = column()
    this.lost = column()
  }

  /** Enters a battery with nothing in it. */
  enter(home: number, energyMilliWh: number, factorPpm: number): void {
    this.energyMilliWh[home] = energyMilliWh
    this.factorPpm[home] = factorPpm
  }

  /**
   * What a charge is worth at the home's factor, at most the room that is left; nothing leaves no lot.
   * @param source asset that the energy comes from: a panel, or the battery itself for a shadow lot
   */
  mint(
    home: number,
    minute: number,
    source: number,
    from: number,
    owner: number,
    chargedMilliWh: number,
  ): void {
    const room = this.energyMilliWh[home] - this.active[home] - this.setAside[home]
    const tokens = Math.min(mulDivMillionFloor(chargedMilliWh, this.factorPpm[home]), Math.max(0, room))
    if (tokens === 0) return
    if (tokens > MOST) assert(false, `a lot of ${tokens} mWh was minted in one interval`)
    this.lots.add(home, minute, source, from, owner, tokens)
    this.#changeActive(home, tokens)
    this.minted[home] += tokens
    this.mintedTotal += tokens
    if (source === batteryOf(home)) this.shadow[home] += tokens
  }

  /** Uses up a part of what is active in a lot; an empty lot is gone. */
  useActive(home: number, lot: number, milliWh: number): void {
    const { rows } = this.lots
    rows[lot + LOT_ACTIVE] -= milliWh
    this.#changeActive(home, -milliWh)
    if (rows[lot + LOT_ACTIVE] === 0) this.lots.dropEmpty(home)
  }

  /** Uses up a part of what is set aside in a lot. */
  useAside(home: number, lot: number, milliWh: number): void {
    const { rows } = this.lots
    rows[lot + LOT_ASIDE] -= milliWh
    this.#changeAside(home, -milliWh)
    if (rows[lot + LOT_ASIDE] === 0) this.lots.dropEmpty(home)
  }

  /** Moves a part of a lot aside; below zero: back. */
  move(home: number, lot: number, milliWh: number): void {
    const { rows } = this.lots
    if (milliWh < 0) this.lots.forgetActive(home)
    rows[lot + LOT_ACTIVE] -= milliWh
    rows[lot + LOT_ASIDE] += milliWh
    this.#changeActive(home, -milliWh)
    this.#changeAside(home, milliWh)
  }

  /** An anchor showed that the battery can deliver so much at most: of what is set aside the excess is lost, oldest first. */
  anchor(home: number, energyHighMilliWh: number): void {
    const excess = this.active[home] + this.setAside[home] - energyHighMilliWh
    let left = Math.min(this.setAside[home], Math.max(0, excess))
    this.lost[home] += left
    this.lostTotal += left
    const { lots } = this
    for (let lot = lots.first(home); left > 0 && lot >= 0;) {
      const part = Math.min(left, lots.rows[lot + LOT_ASIDE])
      const next = lots.next(home, lot)
      if (part > 0) this.useAside(home, lot, part)
      left -= part
      lot = next
    }
  }

  /** Active Tstorage that an account owns in a home's battery; shadow lots are never sold. */
  sellable(home: number, owner: number): number {
    const { lots } = this
    let there = 0
    for (let lot = lots.first(home); lot >= 0; lot = lots.next(home, lot))
      if (this.isSellable(home, lot, owner)) there += lots.rows[lot + LOT_ACTIVE]
    return there
  }

  isSellable(home: number, lot: number, owner: number): boolean {
    return !this.isShadow(home, lot) && this.lots.rows[lot + LOT_OWNER] === owner
  }

  /** A shadow lot's source is the battery itself: what it took from the grid. */
  isShadow(home: number, lot: number): boolean {
    return this.lots.rows[lot + LOT_SOURCE] === batteryOf(home)
  }

  #changeActive(home: number, milliWh: number): void {
    this.active[home] += milliWh
    this.activeTotal += milliWh
  }
  #changeAside(home: number, milliWh: number): void {
    this.setAside[home] += milliWh
    this.setAsideTotal += milliWh
  }
}
