import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalHash, canonicalJson, resolvedYaml } from './canonical.ts'
import { galleryNames } from './gallery.ts'
import { loadScenario } from './load.ts'
import { parseScenario } from './parse.ts'

describe('canonical JSON', () => {
  test('sorts keys at every depth and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 'x' }], a: undefined })).toBe('{"b":[{"c":"x","d":1}]}')
  })

  test('is JSON of the same value, whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test('has no word for NaN', () => {
    expect(() => canonicalJson([Number.NaN])).toThrow('internal: canonical JSON of NaN')
  })

  test('the hash is the published SHA-256 of "{}"', () => {
    expect(canonicalHash({})).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a')
  })
})

describe('the resolved scenario', () => {
  test.each(galleryNames())('%s can be read back as the same', (name) => {
    const { scenario } = loadScenario(name)
    const yaml = resolvedYaml(scenario)
    const again = parseScenario(yaml, 'resolved')
    expect(again).toEqual(scenario)
    expect(resolvedYaml(again)).toBe(yaml)
  })

  test('has the same bytes for another order of keys', () => {
    const { scenario, text } = loadScenario('one-home')
    const swapped = text.replace('seed: 1\n', '').replace('schema: 1\n', 'seed: 1\nschema: 1\n')
    expect(resolvedYaml(parseScenario(swapped, 'swapped'))).toBe(resolvedYaml(scenario))
  })

  test('shows markup as it is written, and never as an alias', () => {
    const { text } = loadScenario('low-income-block')
    const scenario = parseScenario(text.replace('label: Maple Court\n', 'label: <b>&Maple\n'), 'x')
    expect(resolvedYaml(scenario)).toContain('label: <b>&Maple\n')
    expect(resolvedYaml(scenario)).not.toMatch(/: [&*]\w/)
  })
})
