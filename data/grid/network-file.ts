import { VppError } from '../errors.ts'
import type { Connection, Line, Network, Source, Transformer } from './network.ts'

type Json = Record<string, unknown>

const isMap = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One element of the file, whose fields are asked for by name; what is wrong is told with its place. */
class Element {
  readonly place: string
  readonly #json: Json

  constructor(file: string, list: string, at: number, json: unknown) {
    const name = isMap(json) && typeof json.name === 'string' ? ` (${json.name})` : ''
    this.place = `${file}  ${list}[${at}]${name}`
    if (!isMap(json)) this.refuse('is no map', 'give each element as a map of its fields')
    this.#json = json
  }

  refuse(problem: string, fix: string): never {
    throw new VppError('invalid', { place: this.place, problem, fix })
  }

  /** @param otherwise what a field that is left out or null stands for; undefined: it must be there */
  number(key: string, { min = -Infinity, above = -Infinity, otherwise }: Limits = {}): number {
    const value = this.#json[key] ?? otherwise
    if (typeof value !== 'number' || !Number.isFinite(value))
      return this.refuse(
        value === undefined ? `has no ${key}` : `${key} is ${JSON.stringify(value)}, not a number`,
        `give ${key} as a number`,
      )
    if (value < min || value <= above)
      return this.refuse(
        `${key} is ${value}; must be ${value < min ? `≥ ${min}` : `> ${above}`}`,
        'is its unit right?',
      )
    return value
  }

  text(key: string, otherwise = ''): string {
    const value = this.#json[key]
    return typeof value === 'string' ? value : otherwise
  }

  flag(key: string, otherwise: boolean): boolean {
    const value = this.#json[key]
    return typeof value === 'boolean' ? value : otherwise
  }

  /** Place of a bus in the list, of the number by which the file calls it. */
  bus(key: string, buses: ReadonlyMap<number, number>): number {
    const number = this.number(key)
    return buses.get(number) ?? this.refuse(`${key} is ${number}, which is no bus`, 'name a bus by its index')
  }
}

interface Limits {
  readonly min?: number
  readonly above?: number
  readonly otherwise?: number
}

/**
 * Reads a network in the layout of `feeder-simbench-semiurb4/network.json`: pandapower's names and units, its
 * defaults for what is left out.
 * @param name what messages call the file
 * @param untypedTaps what a tap changer off neutral does whose `tap_changer_type` is not given: it changes the ratio,
 *   or it stays without effect, as in pandapower from 3.0 on
 * @throws VppError('invalid') naming the element and what to do
 */
export function parseNetwork(
  text: string,
  name: string,
  untypedTaps: 'ratio' | 'without effect' = 'ratio',
): Network {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    const problem = `is no JSON: ${(cause as Error).message}`
    throw new VppError('invalid', { place: name, problem, fix: 'was it cut off?' }, cause)
  }
  const root = isMap(json) ? json : {}
  const list = <T>(key: string, needed: boolean, read: (element: Element, at: number) => T): T[] => {
    const value = root[key] ?? []
    if (!Array.isArray(value) || (needed && value.length === 0))
      throw new VppError('invalid', {
        place: name,
        problem: `has no ${key}`,
        fix: 'give a network with buses, lines, switches, trafo, ext_grid and loads, as vpp’s feeder data have it',
      })
    return value.map((one, at) => read(new Element(name, key, at, one), at))
  }
  const places = new Map<number, number>()
  const buses = list('buses', true, (element, at) => {
    const index = element.number('index', { otherwise: at })
    if (places.has(index))
      element.refuse(`index ${index} is there twice`, 'give each bus a number of its own')
    places.set(index, at)
    return {
      name: element.text('name', `bus ${index}`),
      nominalKv: element.number('vn_kv', { above: 0 }),
      inService: element.flag('in_service', true),
    }
  })
  const frequencyHz = typeof root.f_hz === 'number' ? root.f_hz : 50
  const lines = list('lines', false, (element, at) => ({
    id: element.number('id', { otherwise: at }),
    place: element,
    line: lineOf(element, places, frequencyHz),
  }))
  const transformers = list('trafo', false, (element, at) => ({
    id: element.number('id', { otherwise: at }),
    place: element,
    transformer: transformerOf(element, places, untypedTaps),
  }))
  const couplers: [number, number][] = []
  list('switches', false, (element) => {
    const bus = element.bus('bus', places)
    const kind = element.text('et')
    if (kind === 'b') {
      const other = element.bus('element', places)
      if (element.flag('closed', true)) couplers.push([bus, other])
      return
    }
    const number = element.number('element')
    const closed = element.flag('closed', true)
    if (kind === 'l') {
      const found = lines.find(({ id }) => id === number)
      if (found === undefined) return element.refuse(`element ${number} is no line`, 'name a line by its id')
      const { line } = found
      if (bus !== line.from && bus !== line.to)
        return element.refuse(`is at a bus that line ${number} does not end at`, 'give one of its two buses')
      if (!closed)
        found.line = { ...line, ...(bus === line.from ? { fromClosed: false } : { toClosed: false }) }
    } else if (kind === 't') {
      const found = transformers.find(({ id }) => id === number)
      if (found === undefined)
        return element.refuse(`element ${number} is no transformer`, 'name one by its place')
      const { transformer } = found
      if (bus !== transformer.hvBus && bus !== transformer.lvBus)
        return element.refuse(`is at a bus that transformer ${number} is not at`, 'give one of its two buses')
      if (!closed)
        found.transformer = {
          ...transformer,
          ...(bus === transformer.hvBus ? { hvClosed: false } : { lvClosed: false }),
        }
    } else element.refuse(`et is ${JSON.stringify(kind)}`, 'give l (line), t (transformer) or b (two buses)')
  })
  for (const other of ['trafo3w', 'gen', 'impedance', 'dcline'])
    if (Array.isArray(root[other]) && root[other].length > 0)
      throw new VppError('invalid', {
        place: name,
        problem: `has ${other}, which the power flow does not know`,
        fix: 'leave these elements out or replace them by lines, two-winding transformers and loads',
      })
  const connections = (key: string) => list(key, false, (element) => connectionOf(element, places))
  return {
    name: typeof root.simbench_code === 'string' ? root.simbench_code : name,
    frequencyHz,
    phases: 3,
    buses,
    lines: lines.map(({ line }) => line),
    transformers: transformers.map(({ transformer }) => transformer),
    sources: list('ext_grid', true, (element): Source => ({
      bus: element.bus('bus', places),
      voltagePu: element.number('vm_pu', { above: 0, otherwise: 1 }),
      angleDegrees: element.number('va_degree', { otherwise: 0 }),
    })),
    couplers,
    loads: connections('loads'),
    generators: [...connections('pv'), ...connections('sgen')],
    storages: connections('storage'),
  }
}

function lineOf(element: Element, buses: ReadonlyMap<number, number>, frequencyHz: number): Line {
  const km = element.number('length_km', { above: 0 })
  const parallel = element.number('parallel', { above: 0, otherwise: 1 })
  const rOhmPerKm = element.number('r_ohm_per_km', { min: 0 })
  const xOhmPerKm = element.number('x_ohm_per_km')
  if (rOhmPerKm === 0 && xOhmPerKm === 0)
    element.refuse('has no impedance', 'give r_ohm_per_km, or join its buses by a closed switch (et b)')
  const farads = element.number('c_nf_per_km', { min: 0, otherwise: 0 }) * 1e-9
  return {
    name: element.text('name', element.place),
    from: element.bus('from_bus', buses),
    to: element.bus('to_bus', buses),
    rOhm: (rOhmPerKm * km) / parallel,
    xOhm: (xOhmPerKm * km) / parallel,
    gSiemens: element.number('g_us_per_km', { otherwise: 0 }) * 1e-6 * km * parallel,
    bSiemens: 2 * Math.PI * frequencyHz * farads * km * parallel,
    ampacityA:
      element.number('max_i_ka', { above: 0 }) *
      1000 *
      element.number('df', { above: 0, otherwise: 1 }) *
      parallel,
    conductor: element.text('std_type'),
    inService: element.flag('in_service', true),
    fromClosed: true,
    toClosed: true,
  }
}

/** Steps off neutral that change the ratio. */
function tapSteps(element: Element, untypedTaps: 'ratio' | 'without effect'): number {
  const neutral = element.number('tap_neutral', { otherwise: 0 })
  const steps = element.number('tap_pos', { otherwise: neutral }) - neutral
  const type = element.text('tap_changer_type')
  if (type === '') return untypedTaps === 'ratio' ? steps : 0
  if (type === 'Ideal') return 0
  if (type === 'Ratio' || type === 'Symmetrical') return steps
  return element.refuse(`tap_changer_type is ${type}`, 'give Ratio, Symmetrical or Ideal')
}

function transformerOf(
  element: Element,
  buses: ReadonlyMap<number, number>,
  untypedTaps: 'ratio' | 'without effect',
): Transformer {
  const shortCircuitPercent = element.number('vk_percent', { above: 0 })
  const shortCircuitRealPercent = element.number('vkr_percent', { min: 0 })
  if (shortCircuitRealPercent > shortCircuitPercent)
    element.refuse(
      `vkr_percent is ${shortCircuitRealPercent}; must be at most vk_percent ${shortCircuitPercent}`,
      'the real part of the short-circuit voltage is below its amount: are the two swapped?',
    )
  return {
    name: element.text('name', element.place),
    hvBus: element.bus('hv_bus', buses),
    lvBus: element.bus('lv_bus', buses),
    ratedKva: element.number('sn_mva', { above: 0 }) * 1000,
    parallel: element.number('parallel', { above: 0, otherwise: 1 }),
    ratingFactor: element.number('df', { above: 0, otherwise: 1 }),
    hvKv: element.number('vn_hv_kv', { above: 0 }),
    lvKv: element.number('vn_lv_kv', { above: 0 }),
    shortCircuitPercent,
    shortCircuitRealPercent,
    ironLossKw: element.number('pfe_kw', { min: 0, otherwise: 0 }),
    noLoadCurrentPercent: element.number('i0_percent', { min: 0, otherwise: 0 }),
    shiftDegrees: element.number('shift_degree', { otherwise: 0 }),
    tapSide: element.text('tap_side', 'hv') === 'lv' ? 'lv' : 'hv',
    tapSteps: tapSteps(element, untypedTaps),
    tapStepPercent: element.number('tap_step_percent', { otherwise: 0 }),
    tapStepDegrees: element.number('tap_step_degree', { otherwise: 0 }),
    leakageResistanceHv: element.number('leakage_resistance_ratio_hv', { min: 0, otherwise: 0.5 }),
    leakageReactanceHv: element.number('leakage_reactance_ratio_hv', { min: 0, otherwise: 0.5 }),
    inService: element.flag('in_service', true),
    hvClosed: true,
    lvClosed: true,
  }
}

const connectionOf = (element: Element, buses: ReadonlyMap<number, number>): Connection => ({
  name: element.text('name', element.place),
  bus: element.bus('bus', buses),
  ratedKw: element.number('p_kw'),
  ratedKvar: element.number('q_kvar', { otherwise: 0 }),
  profile: element.text('profile'),
})
