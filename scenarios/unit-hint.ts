/** Keys whose unit or spelling of the unit is wrong: `capacityWh`, `capacity_kwh`, `powerW`. */

interface Unit {
  /** What is measured; only units of one kind convert. */
  readonly kind: string
  /** In the kind's base unit. */
  readonly size: number
  readonly text: string
}

/** By spelling, lower case; longest first where one ends another. */
const UNITS: readonly (readonly [spelling: string, unit: Unit | undefined])[] = [
  ['usdperkwh', { kind: 'price', size: 1, text: 'USD/kWh' }],
  ['centsperkwh', { kind: 'price', size: 0.01, text: 'cents/kWh' }],
  ['usdpermwh', { kind: 'price', size: 0.001, text: 'USD/MWh' }],
  ['milliwh', { kind: 'energy', size: 1e-6, text: 'mWh' }],
  // Some read mega, some milli: no conversion is offered.
  ['mwh', undefined],
  ['gwh', { kind: 'energy', size: 1e6, text: 'GWh' }],
  ['kwh', { kind: 'energy', size: 1, text: 'kWh' }],
  ['wh', { kind: 'energy', size: 0.001, text: 'Wh' }],
  ['mw', undefined],
  ['kwp', { kind: 'power', size: 1, text: 'kW' }],
  ['kw', { kind: 'power', size: 1, text: 'kW' }],
  ['w', { kind: 'power', size: 0.001, text: 'W' }],
  ['percent', { kind: 'share', size: 0.01, text: '%' }],
  ['pct', { kind: 'share', size: 0.01, text: '%' }],
  ['fraction', { kind: 'share', size: 1, text: 'fraction' }],
  ['ratio', { kind: 'share', size: 1, text: 'fraction' }],
  ['seconds', { kind: 'time', size: 1 / 86_400, text: 's' }],
  ['minutes', { kind: 'time', size: 1 / 1440, text: 'minutes' }],
  ['hours', { kind: 'time', size: 1 / 24, text: 'hours' }],
  ['days', { kind: 'time', size: 1, text: 'days' }],
  ['years', { kind: 'time', size: 365, text: 'years' }],
  ['cents', { kind: 'money', size: 0.01, text: 'cents' }],
  ['usd', { kind: 'money', size: 1, text: 'USD' }],
]

interface Split {
  readonly stem: string
  readonly spelling: string
  readonly unit: Unit | undefined
}

/** `capacity_kWh` → stem `capacity`, unit kWh. A name without a unit is all stem. */
function split(key: string): Split {
  const plain = key.toLowerCase().replaceAll(/[^a-z]/g, '')
  const found = UNITS.find(([spelling]) => plain.endsWith(spelling))
  if (found === undefined) return { stem: plain, spelling: '', unit: undefined }
  return { stem: plain.slice(0, -found[0].length), spelling: found[0], unit: found[1] }
}

/** What to write instead of an unknown key, and the field that it stands for. */
export interface UnitHint {
  readonly field: string
  readonly fix: string
}

/**
 * The one of `candidates` that has the same name as the unknown `key` but for the unit; with the value
 * converted when the two units allow it. Undefined when it is not about units.
 */
export function unitHint(key: string, value: unknown, candidates: readonly string[]): UnitHint | undefined {
  const wrong = split(key)
  if (wrong.stem === '' && wrong.spelling === '') return undefined
  for (const field of candidates) {
    const right = split(field)
    if (right.unit === undefined || right.stem !== wrong.stem) continue
    if (wrong.unit !== undefined && wrong.unit.kind !== right.unit.kind) continue
    return { field, fix: `write ${field}${conversion(wrong, right.unit, value)}` }
  }
  return undefined
}

/** Spellings that stand behind a number: `5 ¢`, `90 %`, `0.3 $/kWh`. */
const inWords = (unit: string): string =>
  unit
    .toLowerCase()
    .replace('%', 'percent')
    .replace('$', 'usd')
    .replace(/^(?:¢|ct?s?|cents?)(?=\/|$)/, 'cents')
    .replace('/', 'per')

/**
 * What to write instead of a number with its unit, like `6400 Wh` where the field is in `kWh`: the number
 * alone, converted when the two units allow it. Undefined when the text begins with no number.
 */
export function numberAlone(text: string, fieldUnit: string): string | undefined {
  const [, digits, unit] = /^\s*([-+]?[\d.]+(?:e[-+]?\d+)?)\s*(.*?)\s*$/i.exec(text) ?? []
  const value = Number(digits)
  if (digits === undefined || !Number.isFinite(value)) return undefined
  const find = (name: string) => UNITS.find(([spelling]) => spelling === inWords(name))?.[1]
  const [from, to] = [find(unit), find(fieldUnit)]
  if (unit === '' || unit === fieldUnit) return `write the number alone: ${value}`
  if (from === undefined || to === undefined)
    return fieldUnit === '' ? undefined : `write the number, in ${fieldUnit}`
  // "5 ¢" of a price can only be cents for a kWh.
  if (from.kind !== to.kind && !(from.kind === 'money' && to.kind === 'price'))
    return `write the number, in ${fieldUnit}`
  const converted = Number(((value * from.size) / to.size).toPrecision(12))
  return `write the number alone, in ${fieldUnit}: ${converted}`
}

function conversion(wrong: Split, unit: Unit, value: unknown): string {
  if (wrong.unit === undefined) return `, in ${unit.text}`
  if (wrong.unit.size === unit.size) return ''
  if (typeof value !== 'number' || !Number.isFinite(value)) return `, in ${unit.text}`
  const converted = Number(((value * wrong.unit.size) / unit.size).toPrecision(12))
  return `: ${converted} (${value} ${wrong.unit.text} in ${unit.text})`
}
