import { type Book, EVENT_BURNED, EVENT_MINTED, type EventSink } from '../book.ts'
import {
  ASSET_INTS,
  ASSET_NUMBER,
  FACTOR_PPM,
  FIRST_LOT,
  INTERVAL,
  NAMEPLATE_W,
  READ_MINUTE,
} from '../tables/assets.ts'
import {
  CARBON,
  HIGH,
  LOT_ASSET,
  LOT_ASSET_ROW,
  LOT_FROM,
  LOT_INTS,
  LOT_KIND,
  LOT_MINUTE,
  LOT_OWNER,
  LOT_SOURCE,
  LOT_SUMS,
  LOW,
  MID,
  SHADOW,
  TGEN,
} from '../tables/lots.ts'
import { CONSUMED, CONVERSION_LOSS, EXCHANGED, EXPORTED, STORAGE_LOSS } from '../totals.ts'
import { sourceText } from './lives.ts'
import { accountText, assetText, locationText, lotText, minuteText } from './names.ts'

/**
 * A ledger in the terms of granular certificates: field names and statuses are those of the EnergyTag API specification that goes with
 * version 2 of the GC Scheme Standard. A lot is a GC bundle, split where its parts end differently; Tstorage is an SD-GC; an exchange
 * gives a storage charge record (SCR), a delivery a storage discharge record (SDR) and the allocation between them.
 *
 * Where this ledger differs, and what it does not know:
 * - certificates stand for 1 mWh each, not 1 Wh: `face_value` is 0.001 Wh, and ids are serial numbers within the lot;
 * - SD-GCs are issued at the charge (with the battery's registered factor), not at the discharge, so that a verified storage loss
 *   withdraws certificates instead of lowering an efficiency factor afterwards;
 * - shadow lots (grid charge) are no certificates and stand as charge and discharge only in the meter: they are left out;
 * - not available, and therefore absent: device coordinates, production start date, expiry, country, market zone, legal status,
 *   support, quality scheme, `hash`, `issuance_datestamp` (the ledger knows no wall clock).
 */
export const ISSUING_BODY = 'simulated ledger (no legal issuing body)'

type Status = 'Active' | 'Cancelled' | 'Claimed' | 'Reserved' | 'Withdrawn'

/** What became of a part, by burn reason. */
const STATUS_OF: Record<number, Status> = {
  [CONSUMED]: 'Claimed',
  [EXPORTED]: 'Cancelled',
  [EXCHANGED]: 'Cancelled',
  [CONVERSION_LOSS]: 'Cancelled',
  [STORAGE_LOSS]: 'Withdrawn',
}
const PURPOSE_OF: Record<number, string> = {
  [CONSUMED]: 'self-consumed or bought by a load',
  [EXPORTED]: 'injected into the public grid',
  [EXCHANGED]: 'allocated to a storage charge record',
  [CONVERSION_LOSS]: 'conversion loss of a storage charge',
  [STORAGE_LOSS]: 'verified storage loss',
}

const wh = (milliWh: number): number => milliWh / 1000

/** Hands on one record after the other; memory is that of the running numbers. */
export function granularCertificates(write: (record: object) => void): {
  listen: (book: Book) => EventSink
  finish: () => void
} {
  let opened: Book | null = null
  let records = 0
  /** SCR of each living storage lot, by row. */
  const chargeOf = new Map<number, { id: string; milliWh: number }>()

  const bundle = (
    book: Book,
    lot: number,
    from: number,
    to: number,
    status: Status,
    purpose: string,
    by: string,
  ) => {
    const { assets, lots } = book
    const i = lot * LOT_INTS
    const device = lots.ints[i + LOT_ASSET_ROW] * ASSET_INTS
    const stored = lots.ints[i + LOT_KIND] !== TGEN
    const source = assets.find(lots.ints[i + LOT_SOURCE]) * ASSET_INTS
    const production = stored ? source : device
    const minute = lots.ints[i + LOT_MINUTE]
    const end = minute + assets.ints[production + INTERVAL]
    write({
      record: 'gc-bundle',
      issuance_id: lotText(book, lot),
      certificate_bundle_status: status,
      status_purpose: purpose,
      beneficiary: by,
      account_id: accountText(book, lots.ints[i + LOT_OWNER]),
      certificate_bundle_id_range_start: from,
      certificate_bundle_id_range_end: to - 1,
      bundle_quantity: to - from,
      face_value: 0.001,
      quantity_wh: wh(to - from),
      energy_carrier: 'Electricity',
      energy_source: 'Solar',
      issuance_post_energy_carrier_conversion: false,
      device_id: assets.ints[production + ASSET_NUMBER],
      device_name: assetText(book, assets.ints[production + ASSET_NUMBER]),
      device_technology_type: 'solar_pv',
      device_capacity: assets.ints[production + NAMEPLATE_W],
      device_location_name: locationText(book, assets.ints[production + ASSET_NUMBER]),
      device_type: stored ? 'storage' : 'production',
      is_storage: stored,
      production_starting_interval: minuteText(minute),
      production_ending_interval: minuteText(end),
      ...(stored && {
        storage_id: lots.ints[i + LOT_ASSET],
        source_issuance_id: sourceText(book, lot),
        scr_allocation_id: chargeOf.get(lot)?.id ?? null,
        storage_efficiency_factor: assets.ints[device + FACTOR_PPM] / 1e6,
      }),
      emissions_factor_production_device: lots.ints[i + CARBON] / 1000,
      issuing_body: ISSUING_BODY,
    })
  }

  const charged = (book: Book, lot: number, from: number, madeOf: number) => {
    const { assets, lots } = book
    const i = lot * LOT_INTS
    const battery = lots.ints[i + LOT_ASSET_ROW] * ASSET_INTS
    const minute = lots.ints[i + LOT_MINUTE]
    const milliWh = lots.sums[lot * LOT_SUMS + HIGH]
    const id = `scr-${++records}`
    chargeOf.set(lot, { id, milliWh })
    write({
      record: 'scr',
      scr_allocation_id: id,
      device_id: lots.ints[i + LOT_ASSET],
      flow_type: 'charging',
      flow_start_datetime: minuteText(minute),
      flow_end_datetime: minuteText(minute + assets.ints[battery + INTERVAL]),
      // What the battery can deliver of it; the conversion loss is a cancelled bundle of its own.
      flow_energy: wh(milliWh),
      flow_energy_source: 'Solar',
      gc_issuance_id: lotText(book, madeOf),
      certificate_bundle_id_range_start: from,
      certificate_bundle_id_range_end: from + milliWh - 1,
      scr_allocation_methodology: 'named lots, per exchange',
      efficiency_factor_methodology: 'registered factor of the battery, learnt, applied at the charge',
    })
  }

  const discharged = (book: Book, lot: number, from: number, milliWh: number) => {
    const { assets, lots } = book
    const i = lot * LOT_INTS
    const battery = lots.ints[i + LOT_ASSET_ROW] * ASSET_INTS
    const minute = assets.ints[battery + READ_MINUTE]
    const id = `sdr-${++records}`
    write({
      record: 'sdr',
      sdr_allocation_id: id,
      device_id: lots.ints[i + LOT_ASSET],
      flow_type: 'discharging',
      flow_start_datetime: minuteText(minute),
      flow_end_datetime: minuteText(minute + assets.ints[battery + INTERVAL]),
      flow_energy: wh(milliWh),
      flow_energy_source: 'Solar',
      gc_issuance_id: lotText(book, lot),
      certificate_bundle_id_range_start: from,
      certificate_bundle_id_range_end: from + milliWh - 1,
    })
    write({
      record: 'allocation',
      device_id: lots.ints[i + LOT_ASSET],
      scr_allocation_id: chargeOf.get(lot)?.id ?? null,
      sdr_allocation_id: id,
      sdr_proportion: 1,
      gc_allocation_id: sourceText(book, lot),
      sdgc_allocation_id: lotText(book, lot),
    })
  }

  const listen =
    (book: Book): EventSink =>
    (event, lot, from, milliWh, detail, account) => {
      opened = book
      if (lot < 0 || book.lots.ints[lot * LOT_INTS + LOT_KIND] === SHADOW) return
      const stored = book.lots.ints[lot * LOT_INTS + LOT_KIND] !== TGEN
      if (event === EVENT_MINTED && stored)
        charged(book, lot, book.lots.sums[lot * LOT_SUMS + LOT_FROM], detail)
      if (event !== EVENT_BURNED) return
      if (stored && (detail === CONSUMED || detail === EXPORTED)) discharged(book, lot, from, milliWh)
      bundle(
        book,
        lot,
        from,
        from + milliWh,
        STATUS_OF[detail],
        PURPOSE_OF[detail],
        accountText(book, account),
      )
    }

  const finish = (): void => {
    const book = opened
    if (book === null) return
    const { assets, lots } = book
    for (const asset of assets.sorted()) {
      for (let lot = assets.ints[asset * ASSET_INTS + FIRST_LOT]; lot >= 0; lot = lots.next(lot)) {
        if (lots.ints[lot * LOT_INTS + LOT_KIND] === SHADOW) continue
        const s = lot * LOT_SUMS
        const [low, mid, high] = [lots.sums[s + LOW], lots.sums[s + MID], lots.sums[s + HIGH]]
        if (mid > low) bundle(book, lot, low, mid, 'Active', '', '')
        if (high > mid) bundle(book, lot, mid, high, 'Reserved', 'set aside until it is verified', '')
      }
    }
  }
  return { listen, finish }
}
