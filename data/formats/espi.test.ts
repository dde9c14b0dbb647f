import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { VppError } from '../errors.ts'
import { EspiReader } from './espi-reader.ts'
import { espiFile, type EspiOptions, parseEspi } from './espi.ts'

/** Samples of our own after the published schema (NAESB REQ.21; codes in the ESPI XSD). */
interface Channel {
  readings: readonly (readonly [start: number, value: string])[]
  flow?: string
  uom?: string
  multiplier?: string
  seconds?: number
  said?: string
  extra?: string
  blocks?: number
}
const T0 = Date.UTC(2024, 5, 1, 4) / 1000
const entry = (self: string, up: string, content: string, related = '') =>
  `<entry><link rel="self" href="${self}"/><link rel="up" href="${up}"/>${related === '' ? '' : `<link rel="related" href="${related}"/>`}<content>${content}</content></entry>\n`

function feed(channels: readonly Channel[], { point = '01', kind = '0', prolog = '' } = {}): string {
  const usage = `/User/1/UsagePoint/${point}`
  const parts = channels.map((channel, at) => {
    const {
      readings,
      flow = '1',
      uom = '72',
      multiplier = '0',
      seconds = 900,
      blocks = 2,
      extra = '',
    } = channel
    const meter = `${usage}/MeterReading/${at}`
    const type = [
      '<accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity>',
      flow === '' ? '' : `<flowDirection>${flow}</flowDirection>`,
      `<intervalLength>${channel.said ?? seconds}</intervalLength>${extra}`,
      `<powerOfTenMultiplier>${multiplier}</powerOfTenMultiplier><uom>${uom}</uom>`,
    ].join('')
    const size = Math.ceil(readings.length / blocks)
    const chunks = Array.from({ length: blocks }, (_, block) =>
      readings.slice(block * size, (block + 1) * size),
    )
    return (
      entry(meter, usage, '<e:MeterReading/>', `/ReadingType/${at}`) +
      entry(`/ReadingType/${at}`, '/ReadingType', `<e:ReadingType>${type}</e:ReadingType>`) +
      chunks
        .map((chunk, block) =>
          entry(
            `${meter}/IntervalBlock/${block}`,
            `${meter}/IntervalBlock`,
            `<e:IntervalBlock>${chunk
              .map(
                ([start, value]) =>
                  `<e:IntervalReading><e:timePeriod><e:duration>${seconds}</e:duration><e:start>${start}</e:start></e:timePeriod><!-- c --><e:value> ${value} </e:value></e:IntervalReading>`,
              )
              .join('\n')}</e:IntervalBlock>`,
          ),
        )
        .join('')
    )
  })
  const types = parts
    .join('')
    .replaceAll(/<(\/?)(accum|comm|flow|interval[L]|power|uom|kind|dataQ)/g, '<$1e:$2')
  return `<?xml version="1.0"?>${prolog}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">\n${entry(usage, '/User/1/UsagePoint', `<e:UsagePoint><e:ServiceCategory><e:kind>${kind}</e:kind></e:ServiceCategory></e:UsagePoint>`)}${types}</feed>`
}
const day = (values: readonly string[], seconds = 900) =>
  values.map((value, at) => [T0 + at * seconds, value] as const)
const parse = (xml: string, options: Partial<EspiOptions> = {}) =>
  parseEspi(xml, { name: 'm.xml', ...options })
const problem = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof VppError) return error.message
    throw error
  }
  return 'nothing was thrown'
}
const GOOD = ['224', '0', '1121', '672']

describe('energy in is energy in the frame', () => {
  test('quarter hours forward, reverse and net on one axis', () => {
    const xml = feed([
      { readings: day(GOOD) },
      { readings: day(['0', '500', '0', '1']), flow: '19' },
      { readings: day(['224', '-500', '1121', '671']), flow: '4' },
    ])
    const { frame, clock } = parse(xml)
    expect(frame.axis).toEqual({ startSeconds: T0, stepSeconds: 900, count: 4 })
    expect(frame.columns.importMilliWh).toEqual(Float64Array.of(224_000, 0, 1_121_000, 672_000))
    expect(frame.columns.exportMilliWh).toEqual(Float64Array.of(0, 500_000, 0, 1000))
    expect(frame.columns.netMilliWh).toEqual(Float64Array.of(224_000, -500_000, 1_121_000, 671_000))
    expect(clock).toEqual({ labels: 'start', timeZone: 'UTC+00:00' })
  })
  test('hours; a power of ten; the mean power of an interval', () => {
    expect(parse(feed([{ readings: day(GOOD, 3600), seconds: 3600, multiplier: '3' }])).frame).toMatchObject({
      axis: { stepSeconds: 3600 },
      columns: { importMilliWh: Float64Array.of(224e6, 0, 1121e6, 672e6) },
    })
    const watts = parse(feed([{ readings: day(GOOD), uom: '38', multiplier: '-1' }])).frame
    expect(watts.columns.importMilliWh).toEqual(Float64Array.of(5600, 0, 28_025, 16_800))
  })
  test('to the milliwatt-hour, in pieces of any size, for any values and multiplier', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(10_000_000), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: -6, max: 3 }),
        fc.constantFrom('72', '38'),
        fc.constantFrom(900, 3600),
        fc.integer({ min: 1, max: 50 }),
        (values, exponent, uom, seconds, piece) => {
          const xml = feed([
            { readings: day(values.map(String), seconds), uom, seconds, multiplier: `${exponent}` },
          ])
          const reader = new EspiReader('m.xml')
          for (let at = 0; at < xml.length; at += piece) reader.push(xml.slice(at, at + piece))
          const { frame } = espiFile(reader.end(), { name: 'm.xml' })
          const sum = frame.columns.importMilliWh?.reduce((total, value) => total + value, 0) ?? Number.NaN
          // Σ values · 10^exponent W(h) · 1000 mWh · hours, with 10^6 · 3600 as the common denominator.
          const exact =
            values.reduce((total, value) => total + BigInt(value), 0n) *
            10n ** BigInt(exponent + 6) *
            1000n *
            BigInt(uom === '72' ? 3600 : seconds)
          const unit = 3_600_000_000n
          expect(BigInt(sum)).toBe((2n * exact + unit) / (2n * unit))
        },
      ),
      { numRuns: 60 },
    )
  })
  test('what stands twice alike is told once; order does not matter', () => {
    const twice = [...day(GOOD), ...day(GOOD).toReversed()]
    const { frame, notes } = parse(feed([{ readings: twice, blocks: 3 }]))
    expect(frame.columns.importMilliWh).toEqual(Float64Array.of(224_000, 0, 1_121_000, 672_000))
    expect(notes).toEqual([expect.stringContaining('4 readings of importMilliWh stand in the file twice')])
  })
})

describe('what is not clear is asked', () => {
  test('a gap', () => {
    const xml = feed([{ readings: day(GOOD).toSpliced(1, 1) }])
    expect(problem(() => parse(xml))).toMatch(/1 intervals are missing from 2024-06-01 04:15.*`gaps` zero/)
    expect(parse(xml, { gaps: 'zero' }).frame.columns.importMilliWh?.[1]).toBe(0)
  })
  test('two readings of one interval', () => {
    const xml = feed([{ readings: [...day(GOOD), [T0 + 900, '7']] }])
    expect(problem(() => parse(xml))).toMatch(/has two readings, 0 and 7.*`duplicates`/)
    expect(parse(xml, { duplicates: 'first' }).frame.columns.importMilliWh?.[1]).toBe(0)
    expect(parse(xml, { duplicates: 'last' }).frame.columns.importMilliWh?.[1]).toBe(7000)
  })
  test('a length that differs from what the type says', () => {
    const xml = feed([{ readings: day(GOOD), said: '3600' }])
    expect(problem(() => parse(xml))).toMatch(
      /intervalLength is 3600 s and the readings last 900 s.*`stepSeconds` 900/,
    )
    expect(parse(xml, { stepSeconds: 900 }).frame.axis.stepSeconds).toBe(900)
  })
  test('flow that is not said, or unknown', () => {
    expect(problem(() => parse(feed([{ readings: day(GOOD), flow: '' }])))).toMatch(
      /no flowDirection.*`flow`/,
    )
    expect(
      parse(feed([{ readings: day(GOOD), flow: '' }]), { flow: 'reverse' }).frame.columns.exportMilliWh,
    ).toBeDefined()
    expect(problem(() => parse(feed([{ readings: day(GOOD), flow: '2' }])))).toMatch(/flowDirection is 2/)
  })
  test('two meter readings of one flow', () => {
    const xml = feed([{ readings: day(GOOD) }, { readings: day(GOOD, 3600), seconds: 3600 }])
    expect(problem(() => parse(xml))).toMatch(/tells the same flow.*`meterReading`/)
    expect(parse(xml, { meterReading: 'MeterReading/1' }).frame.axis.stepSeconds).toBe(3600)
  })
  test('power for energy, energy for power, a register, a peak', () => {
    const wrong = (channel: Partial<Channel>) =>
      problem(() => parse(feed([{ readings: day(GOOD), ...channel }])))
    expect(wrong({ uom: '38', extra: '<kind>12</kind>' })).toMatch(
      /uom 38 is W, kind 12 energy: they contradict/,
    )
    expect(wrong({ uom: '72', extra: '<kind>37</kind>' })).toMatch(/they contradict/)
    expect(wrong({ uom: '63' })).toMatch(/uom is 63/)
    expect(wrong({ uom: '38', extra: '<dataQualifier>8</dataQualifier>' })).toMatch(/a peak or low/)
  })
  test('readings below zero, off the beat, overlapping', () => {
    expect(problem(() => parse(feed([{ readings: day(['1', '-2', '3']) }])))).toMatch(
      /below zero.*flowDirection 4/,
    )
    expect(problem(() => parse(feed([{ readings: [...day(GOOD), [T0 + 4000, '1']] }])))).toMatch(
      /off the beat/,
    )
    expect(problem(() => parse(feed([{ readings: [...day(GOOD), [T0 + 1000, '1']] }])))).toMatch(
      /begins within/,
    )
  })
  test('gas is left out', () => {
    expect(problem(() => parse(feed([{ readings: day(GOOD) }], { kind: '1' })))).toMatch(
      /no interval readings of electricity/,
    )
  })
})

describe('hostile and damaged XML', () => {
  const bomb = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>`
  const outside = '<!DOCTYPE feed SYSTEM "file:///etc/hostname">'
  test.each([
    ['entities that multiply', feed([{ readings: day(GOOD) }], { prolog: bomb }), /DOCTYPE/],
    ['an outside file', feed([{ readings: day(GOOD) }], { prolog: outside }), /DOCTYPE/],
    ['an entity without a type', feed([{ readings: day(['1', '&x;', '2']) }]), /well-formed/],
    ['cut off', feed([{ readings: day(GOOD) }]).slice(0, -200), /well-formed/],
    [
      'tags that do not match',
      feed([{ readings: day(GOOD) }]).replace('</entry>', '</entri>'),
      /well-formed/,
    ],
    ['a value that is no number', feed([{ readings: day(['1', '0x10', '2']) }]), /value is "0x10"/],
    ['no number at all', feed([{ readings: day(['1', '', '2']) }]), /value is ""/],
    ['another kind of XML', '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', /no element of ESPI/],
    ['deep nesting', `<a>${'<b>'.repeat(100)}`, /nests deeper/],
    ['a text without end', `<a>${'x'.repeat(200_000)}`, /a text of more than/],
  ])('%s', (_, xml, message) => {
    expect(problem(() => parse(xml))).toMatch(message)
  })
})

describe('samples of our own', () => {
  const sample = (name: string) => readFileSync(join(import.meta.dirname, 'samples', name), 'utf8')
  /** Σ of the values of a meter reading by their texts alone, milliwatt-hours. */
  const sumOf = (xml: string, meter: string) =>
    [...xml.matchAll(/<entry><link rel="self" href="([^"]+)"[\s\S]*?<\/entry>/g)]
      .filter(([, self]) =>
        self.startsWith(`/espi/1_1/resource/RetailCustomer/1/UsagePoint/1/MeterReading/${meter}/`),
      )
      .flatMap(([text]) => [...text.matchAll(/<value>(-?\d+)<\/value>/g)])
      .reduce((sum, [, value]) => sum + BigInt(value) * 1000n, 0n)
  const total = (column: Float64Array | undefined) =>
    BigInt(column?.reduce((sum, value) => sum + value, 0) ?? -1)

  test('quarter hours, two blocks, forward and reverse: energy in is energy in the frame', () => {
    const xml = sample('espi-15min-forward-reverse.xml')
    const { frame, notes } = parse(xml)
    expect(frame.axis).toEqual({
      startSeconds: Date.UTC(2024, 5, 30, 4) / 1000,
      stepSeconds: 900,
      count: 192,
    })
    expect(total(frame.columns.importMilliWh)).toBe(sumOf(xml, '1'))
    expect(total(frame.columns.exportMilliWh)).toBe(sumOf(xml, '2'))
    expect(notes).toEqual([expect.stringContaining('UTC-05:00')])
  })
  test('hours, three blocks, net', () => {
    const xml = sample('espi-hourly-net.xml')
    const { frame } = parse(xml)
    expect(frame.axis).toMatchObject({ stepSeconds: 3600, count: 72 })
    expect(total(frame.columns.netMilliWh)).toBe(sumOf(xml, '1'))
    expect(frame.columns.netMilliWh?.some((value) => value < 0)).toBe(true)
  })
})
