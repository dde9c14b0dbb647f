import { expect, test } from 'vitest'
import { VppError } from '../data/errors.ts'
import { explain } from './explain.ts'
import { allFields } from './fields.ts'

test('a field has meaning, type, unit, limits and default', () => {
  expect(explain('communities[0].homes[2].battery.chargeEfficiency')).toBe(`\
communities[].homes[].battery.chargeEfficiency
  Energy stored for each unit of AC energy taken.
  type     number
  unit     fraction
  must be  a number > 0 and ≤ 1
           default 0.95`)
})

test('the end of a path is enough', () => {
  expect(explain('battery.chargeEfficiency')).toBe(explain('communities.homes.battery.chargeEfficiency'))
})

test('a map lists its fields', () => {
  const text = explain('ledger')
  expect(text).toMatch(/openingBalanceUsd +number, USD; default 5000/)
  expect(text).toMatch(/creditLimitUsd +number, USD; default 0/)
})

test('alternatives are told apart', () => {
  expect(explain('tariff.import')).toMatch(/usdPerKwh +number, USD\/kWh; required \(kind: flat\)/)
  expect(explain('solar.kw')).toMatch(
    /\(with profile\)[^]*nameplate in the data set[^]*\(with file\)[^]*required/,
  )
})

test('nothing asked: the whole scenario', () => {
  for (const name of ['schema', 'period', 'tariff', 'communities'])
    expect(explain('')).toContain(`    ${name} `)
})

test('every field can be explained by its path', () => {
  for (const field of allFields()) expect(explain(field.path)).toContain(field.path)
})

const ask = (path: string) => () => explain(path)

test('an unknown field gets a suggestion', () => {
  expect(ask('capacityKhw')).toThrow('did you mean capacityKwh?')
  expect(ask('tarif.import')).toThrow('did you mean tariff.import?')
  expect(ask('zzzzzzzzzz')).toThrow('`vpp explain` without a field lists them')
  expect(ask('x')).toThrow(VppError)
})
