import sax from 'sax'
import { refuse } from './source.ts'

/** What a `ReadingType` says of its readings; empty where the element is absent. */
export interface ReadingType {
  readonly self: string
  readonly line: number
  readonly fields: Readonly<Record<string, string>>
}

/** Readings of one `IntervalBlock`, as texts and numbers of the file. */
export interface ReadingBlock {
  /** `up` link of the entry: the meter reading that it belongs to. */
  readonly up: string
  readonly line: number
  readonly starts: number[]
  /** NaN: the reading has none, its type's interval length holds. */
  readonly durations: number[]
  readonly values: string[]
  readonly lines: number[]
  /** Readings that the source calls anything but valid. */
  estimated: number
}

/** The parts of a Green Button feed that tell energy. */
export interface EspiFeed {
  readonly types: ReadingType[]
  readonly blocks: ReadingBlock[]
  /** `self` and `related` links of every MeterReading. */
  readonly meters: { self: string; related: string[] }[]
  readonly usagePoints: { self: string; kind: string; title: string }[]
  /** Seconds from UTC of LocalTimeParameters; null: not said. */
  tzOffsetSeconds: number | null
}

const ESPI = 'http://naesb.org/espi'
const ATOM = 'http://www.w3.org/2005/Atom'
const MAX_DEPTH = 64
const MAX_TEXT = 10_000
/** ReadingQuality codes that mean a measured value: 0 valid, 17 revenue quality, 18 billing approved. */
const MEASURED = new Set(['', '0', '17', '18'])

/**
 * Takes a Green Button (NAESB REQ.21 ESPI) feed in pieces of any size. A document type is refused
 * before anything of it is used: there are no entities to expand, inside or outside the file.
 *
 * @throws VppError('invalid') with the line where the file is no well-formed ESPI feed
 */
export class EspiReader {
  readonly feed: EspiFeed = { types: [], blocks: [], meters: [], usagePoints: [], tzOffsetSeconds: null }
  readonly #name: string
  readonly #parser: sax.SAXParser
  readonly #path: string[] = []
  #text = ''
  #links: { self: string; up: string; related: string[] } = { self: '', up: '', related: [] }
  #title = ''
  #block: ReadingBlock | null = null
  #blocks: ReadingBlock[] = []
  #type: Record<string, string> | null = null
  #typeLine = 0
  #kind = ''
  #reading = { start: Number.NaN, duration: Number.NaN, value: '', line: 0 }
  #seen = { usagePoint: false, meter: false, any: false }

  constructor(name: string) {
    this.#name = name
    // Only the five entities of XML itself; the types do not know the option.
    const options: sax.SAXOptions & { strictEntities: boolean } = {
      xmlns: true,
      position: true,
      strictEntities: true,
    }
    const take = (text: string) => this.#take(text)
    this.#parser = Object.assign(sax.parser(true, options), {
      ondoctype: () =>
        this.#fail(
          'has a document type (DOCTYPE)',
          'entities and outside files are refused: remove the DOCTYPE',
        ),
      onerror: (error: Error) => {
        const [what] = error.message.split('\n')
        this.#fail(`is no well-formed XML: ${what}`, 'the file may be cut off or damaged', error)
      },
      onopentag: (tag: sax.Tag | sax.QualifiedTag) => this.#open(tag as sax.QualifiedTag),
      onclosetag: () => this.#close(),
      ontext: take,
      oncdata: take,
    })
  }

  push(chunk: string): void {
    this.#parser.write(chunk)
  }

  end(): EspiFeed {
    this.#parser.close()
    if (!this.#seen.any)
      refuse(this.#name, 1, 'has no element of ESPI', `is it Green Button XML (namespace ${ESPI})?`)
    return this.feed
  }

  #fail(problem: string, fix: string, cause?: unknown): never {
    return refuse(this.#name, this.#parser.line + 1, problem, fix, cause)
  }

  #take(text: string): void {
    this.#text += text
    if (this.#text.length > MAX_TEXT)
      this.#fail(`has a text of more than ${MAX_TEXT} characters`, 'is it ESPI?')
  }

  #open(tag: sax.QualifiedTag): void {
    const { local, uri } = tag
    this.#path.push(local)
    if (this.#path.length > MAX_DEPTH) this.#fail(`nests deeper than ${MAX_DEPTH}`, 'is it ESPI?')
    this.#text = ''
    if (uri === ATOM) {
      if (local === 'entry') {
        this.#links = { self: '', up: '', related: [] }
        this.#title = ''
        this.#kind = ''
        this.#blocks = []
        this.#seen = { ...this.#seen, usagePoint: false, meter: false }
      } else if (local === 'link') this.#link(tag)
      return
    }
    if (uri !== ESPI) return
    this.#seen.any = true
    if (local === 'UsagePoint') this.#seen.usagePoint = true
    else if (local === 'MeterReading') this.#seen.meter = true
    else if (local === 'ReadingType') {
      this.#type = {}
      this.#typeLine = this.#parser.line + 1
    } else if (local === 'IntervalBlock') {
      this.#block = {
        up: '',
        line: this.#parser.line + 1,
        starts: [],
        durations: [],
        values: [],
        lines: [],
        estimated: 0,
      }
    } else if (local === 'IntervalReading')
      this.#reading = { start: Number.NaN, duration: Number.NaN, value: '', line: this.#parser.line + 1 }
  }

  #link({ attributes }: sax.QualifiedTag): void {
    const rel = attributes.rel?.value
    const href = attributes.href?.value ?? ''
    if (rel === 'self') this.#links.self = href
    else if (rel === 'up') this.#links.up = href
    else if (rel === 'related') this.#links.related.push(href)
  }

  #close(): void {
    const local = this.#path.pop() ?? ''
    const parent = this.#path[this.#path.length - 1]
    const text = this.#text.trim()
    this.#text = ''
    const block = this.#block
    if (block !== null) {
      if (parent === 'timePeriod' && local === 'start') this.#reading.start = this.#whole(text, local)
      else if (parent === 'timePeriod' && local === 'duration')
        this.#reading.duration = this.#whole(text, local)
      else if (parent === 'IntervalReading' && local === 'value') {
        this.#whole(text, local)
        this.#reading.value = text
      } else if (parent === 'ReadingQuality' && local === 'quality' && !MEASURED.has(text)) block.estimated++
      else if (local === 'IntervalReading') this.#endReading(block)
      else if (local === 'IntervalBlock') {
        this.#blocks.push(block)
        this.#block = null
      }
      return
    }
    if (this.#type !== null) {
      if (local === 'ReadingType') {
        this.feed.types.push({ self: '', line: this.#typeLine, fields: this.#type })
        this.#type = null
      } else if (parent === 'ReadingType') this.#type[local] = text
      return
    }
    if (parent === 'ServiceCategory' && local === 'kind') this.#kind = text
    else if (parent === 'LocalTimeParameters' && local === 'tzOffset')
      this.feed.tzOffsetSeconds = this.#whole(text, local)
    else if (parent === 'entry' && local === 'title') this.#title = text
    else if (local === 'entry') this.#endEntry()
  }

  #endReading(block: ReadingBlock): void {
    const { start, duration, value, line } = this.#reading
    if (Number.isNaN(start) || value === '')
      refuse(this.#name, line, 'is a reading without start or value', 'the file may be damaged')
    block.starts.push(start)
    block.durations.push(duration)
    block.values.push(value)
    block.lines.push(line)
  }

  /** Links of an entry may stand before or after its content: what it holds is filed at its end. */
  #endEntry(): void {
    const { self, up, related } = this.#links
    for (const block of this.#blocks) this.feed.blocks.push({ ...block, up })
    const last = this.feed.types.length - 1
    if (last >= 0 && this.feed.types[last].self === '')
      this.feed.types[last] = { ...this.feed.types[last], self }
    if (this.#seen.meter) this.feed.meters.push({ self, related })
    if (this.#seen.usagePoint) this.feed.usagePoints.push({ self, kind: this.#kind, title: this.#title })
  }

  #whole(text: string, what: string): number {
    if (!/^-?\d{1,15}$/.test(text))
      this.#fail(`${what} is ${JSON.stringify(text)}`, 'it must be a whole number')
    return Number(text)
  }
}
