/**
 * Writes the Green Button samples of this folder: `node data/formats/samples/make.ts`. They follow the
 * published schema (NAESB REQ.21, espi.xsd) and hold made-up readings; nothing is copied from other samples.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Flow {
  readonly direction: 1 | 4 | 19
  readonly value: (hour: number, at: number) => number
}

const START = Date.UTC(2024, 5, 30, 4) / 1000
const load = (hour: number, at: number) =>
  Math.round(180 + 120 * Math.sin((hour - 14) / 3.82) ** 2 + ((at * 37) % 90))
const sun = (hour: number) => Math.max(0, Math.round(900 * Math.sin(((hour - 5.5) / 14) * Math.PI)))

function feed(seconds: number, blocks: number, flows: readonly Flow[]): string {
  const point = '/espi/1_1/resource/RetailCustomer/1/UsagePoint/1'
  const perBlock = 86_400 / seconds
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    '<id>urn:uuid:00000000-0000-4000-8000-000000000001</id><title>A sample of made-up readings</title>',
    ...entry(point, point.replace(/\/1$/, ''), [
      '<UsagePoint xmlns="http://naesb.org/espi"><ServiceCategory><kind>0</kind></ServiceCategory></UsagePoint>',
    ]),
    ...entry('/espi/1_1/resource/LocalTimeParameters/1', '/espi/1_1/resource/LocalTimeParameters', [
      '<LocalTimeParameters xmlns="http://naesb.org/espi"><dstEndRule>B40E2000</dstEndRule><dstOffset>3600</dstOffset><dstStartRule>360E2000</dstStartRule><tzOffset>-18000</tzOffset></LocalTimeParameters>',
    ]),
  ]
  flows.forEach(({ direction, value }, flow) => {
    const meter = `${point}/MeterReading/${flow + 1}`
    const type = `/espi/1_1/resource/ReadingType/${flow + 1}`
    lines.push(
      ...entry(
        meter,
        `${point}/MeterReading`,
        ['<MeterReading xmlns="http://naesb.org/espi"/>'],
        [`${meter}/IntervalBlock`, type],
      ),
      ...entry(type, '/espi/1_1/resource/ReadingType', [
        '<ReadingType xmlns="http://naesb.org/espi">',
        '<accumulationBehaviour>4</accumulationBehaviour><commodity>1</commodity><currency>840</currency><dataQualifier>12</dataQualifier>',
        `<flowDirection>${direction}</flowDirection><intervalLength>${seconds}</intervalLength><kind>12</kind><phase>769</phase>`,
        '<powerOfTenMultiplier>0</powerOfTenMultiplier><timeAttribute>0</timeAttribute><uom>72</uom>',
        '</ReadingType>',
      ]),
    )
    for (let block = 0; block < blocks; block++) {
      const start = START + block * 86_400
      const readings = Array.from({ length: perBlock }, (_, at) => {
        const wh = value((at * seconds) / 3600, at + block * perBlock)
        return `<IntervalReading><timePeriod><duration>${seconds}</duration><start>${start + at * seconds}</start></timePeriod><value>${wh}</value></IntervalReading>`
      })
      lines.push(
        ...entry(`${meter}/IntervalBlock/${block + 1}`, `${meter}/IntervalBlock`, [
          `<IntervalBlock xmlns="http://naesb.org/espi"><interval><duration>86400</duration><start>${start}</start></interval>`,
          ...readings,
          '</IntervalBlock>',
        ]),
      )
    }
  })
  return `${[...lines, '</feed>'].join('\n')}\n`
}

function entry(
  self: string,
  up: string,
  content: readonly string[],
  related: readonly string[] = [],
): string[] {
  return [
    `<entry><link rel="self" href="${self}"/><link rel="up" href="${up}"/>${related.map((href) => `<link rel="related" href="${href}"/>`).join('')}`,
    '<content>',
    ...content,
    '</content></entry>',
  ]
}

const save = (name: string, text: string) => writeFileSync(join(import.meta.dirname, name), text)
const net = (hour: number, at: number) => Math.round(load(hour, at) - sun(hour) / 4)
save(
  'espi-15min-forward-reverse.xml',
  feed(900, 2, [
    { direction: 1, value: (hour, at) => Math.max(0, net(hour, at)) },
    { direction: 19, value: (hour, at) => Math.max(0, -net(hour, at)) },
  ]),
)
save('espi-hourly-net.xml', feed(3600, 3, [{ direction: 4, value: (hour, at) => 4 * net(hour, at) }]))
