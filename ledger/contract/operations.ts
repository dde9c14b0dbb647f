import { ANCHOR_KINDS, ASSET_KINDS, BURN_REASONS, ROLES, TRADE_USES } from './vocabulary.ts'

/**
 * How a field is written: `u32` one word; `i64` two words; `text` length and UTF-8; a list of names
 * is one word, counted from 1.
 */
export type FieldType = 'u32' | 'i64' | 'text' | readonly string[]

/**
 * A lot is named by what made it, never by a counter: the asset that issued it, the start of its
 * interval in UTC minutes since 1970, and for storage the source asset and the first milliwatt-hour
 * of the source lot that went into it (both 0 for Tgen; the battery itself for a shadow lot).
 */
const LOT = [
  ['lotAsset', 'u32'],
  ['lotMinute', 'u32'],
  ['lotSource', 'u32'],
  ['lotFrom', 'i64'],
] as const

/**
 * Every operation of the contract: its number and its fields in the order in which they are
 * encoded. This one table drives the JSON form, the binary form and the written specification.
 * Every operation begins with the account that acts.
 */
export const OPERATIONS = {
  register: {
    code: 1,
    fields: [
      ['actor', 'u32'],
      ['account', 'u32'],
      ['role', ROLES],
      ['agent', 'u32'],
      ['openingMicroUsd', 'i64'],
      ['creditLimitMicroUsd', 'i64'],
      ['label', 'text'],
      ['credential', 'text'],
    ],
  },
  createAsset: {
    code: 2,
    fields: [
      ['actor', 'u32'],
      ['asset', 'u32'],
      ['kind', ASSET_KINDS],
      ['owner', 'u32'],
      ['site', 'u32'],
      ['intervalMinutes', 'u32'],
      ['nameplateW', 'u32'],
      ['energyMilliWh', 'i64'],
      ['deliverableMilliWh', 'i64'],
      ['standbyW', 'u32'],
      ['factorPpm', 'u32'],
      ['location', 'text'],
      ['label', 'text'],
    ],
  },
  mint: {
    code: 3,
    fields: [
      ['actor', 'u32'],
      ['asset', 'u32'],
      ['minute', 'u32'],
      ['carbonMilligramPerKwh', 'u32'],
      ['milliWh', 'i64'],
    ],
  },
  exchange: { code: 4, fields: [['actor', 'u32'], ...LOT, ['battery', 'u32'], ['milliWh', 'i64']] },
  offer: {
    code: 5,
    fields: [['actor', 'u32'], ...LOT, ['minute', 'u32'], ['rateMicroUsdPerKwh', 'u32'], ['milliWh', 'i64']],
  },
  cancel: { code: 6, fields: [['actor', 'u32'], ...LOT] },
  trade: {
    code: 7,
    fields: [
      ['actor', 'u32'],
      ...LOT,
      ['use', TRADE_USES],
      ['target', 'u32'],
      ['rateMicroUsdPerKwh', 'u32'],
      ['milliWh', 'i64'],
    ],
  },
  burn: {
    code: 8,
    fields: [['actor', 'u32'], ...LOT, ['reason', BURN_REASONS], ['minute', 'u32'], ['milliWh', 'i64']],
  },
  setAside: { code: 9, fields: [['actor', 'u32'], ...LOT, ['milliWh', 'i64']] },
  release: { code: 10, fields: [['actor', 'u32'], ...LOT, ['milliWh', 'i64']] },
  settle: {
    code: 11,
    fields: [
      ['actor', 'u32'],
      ['account', 'u32'],
      ['site', 'u32'],
      ['minute', 'u32'],
      ['exportMilliWh', 'i64'],
      ['amountMicroUsd', 'i64'],
    ],
  },
  setTariff: {
    code: 12,
    fields: [
      ['actor', 'u32'],
      ['platformFeeMicroUsdPerKwh', 'u32'],
    ],
  },
  reading: {
    code: 13,
    fields: [
      ['actor', 'u32'],
      ['battery', 'u32'],
      ['minute', 'u32'],
      ['chargeMilliWh', 'i64'],
      ['dischargeMilliWh', 'i64'],
    ],
  },
  anchor: {
    code: 14,
    fields: [
      ['actor', 'u32'],
      ['battery', 'u32'],
      ['minute', 'u32'],
      ['kind', ANCHOR_KINDS],
    ],
  },
  setFactor: {
    code: 15,
    fields: [
      ['actor', 'u32'],
      ['battery', 'u32'],
      ['factorPpm', 'u32'],
    ],
  },
  closeInterval: {
    code: 16,
    fields: [
      ['actor', 'u32'],
      ['site', 'u32'],
      ['minute', 'u32'],
    ],
  },
} as const satisfies Record<string, { code: number; fields: readonly (readonly [string, FieldType])[] }>

export type OperationName = keyof typeof OPERATIONS
export type OperationCode = (typeof OPERATIONS)[OperationName]['code']

type FieldValue<T> = T extends 'text' ? string : T extends readonly (infer Name)[] ? Name : number
/** The JSON form of one operation: its name and its fields by name. */
export type Operation<Name extends OperationName = OperationName> = Name extends OperationName
  ? { op: Name } & { [F in (typeof OPERATIONS)[Name]['fields'][number] as F[0]]: FieldValue<F[1]> }
  : never

/** Words of an operation's fixed part, header included; texts are counted as their length word only. */
export function fixedWords(name: OperationName): number {
  let words = 1
  for (const [, type] of OPERATIONS[name].fields) words += type === 'i64' ? 2 : 1
  return words
}

/** First word of an encoded operation: its code, and its whole length in words. */
export const headerWord = (code: number, words: number): number => code | (words << 8)
