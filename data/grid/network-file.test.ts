import { expect, test } from 'vitest'
import { VppError } from '../errors.ts'
import { parseNetwork } from './network-file.ts'

const GOOD = {
  buses: [
    { index: 3, name: 'MV', vn_kv: 20 },
    { index: 7, name: 'LV', vn_kv: 0.4 },
    { index: 9, name: 'End', vn_kv: 0.4 },
  ],
  lines: [
    {
      id: 4,
      name: 'Cable',
      from_bus: 7,
      to_bus: 9,
      length_km: 0.1,
      r_ohm_per_km: 0.2,
      x_ohm_per_km: 0.08,
      max_i_ka: 0.27,
    },
  ],
  switches: [{ bus: 9, element: 4, et: 'l', closed: true }],
  trafo: [
    {
      name: 'T',
      hv_bus: 3,
      lv_bus: 7,
      sn_mva: 0.4,
      vn_hv_kv: 20,
      vn_lv_kv: 0.4,
      vk_percent: 6,
      vkr_percent: 1.2,
      tap_pos: 1,
      tap_step_percent: 2.5,
    },
  ],
  ext_grid: [{ bus: 3, vm_pu: 1.02 }],
  loads: [{ name: 'Home', bus: 9, p_kw: 4 }],
}
type Change = Partial<Record<keyof typeof GOOD, unknown>> & Record<string, unknown>
const parse = (change: Change = {}) => parseNetwork(JSON.stringify({ ...GOOD, ...change }), 'net.json')

test('buses are named by their place, and what is left out has its default', () => {
  const { buses, lines, transformers, sources, loads } = parse()
  expect(buses.map(({ name }) => name)).toEqual(['MV', 'LV', 'End'])
  expect(lines[0]).toMatchObject({
    from: 1,
    to: 2,
    rOhm: 0.2 * 0.1,
    bSiemens: 0,
    ampacityA: 270,
    inService: true,
  })
  expect(transformers[0]).toMatchObject({ hvBus: 0, lvBus: 1, ratedKva: 400, tapSteps: 1, ironLossKw: 0 })
  expect(sources[0]).toEqual({ bus: 0, voltagePu: 1.02, angleDegrees: 0 })
  expect(loads[0]).toMatchObject({ bus: 2, ratedKw: 4, ratedKvar: 0 })
})

test('a tap without a type is a ratio, or as in pandapower 3 without effect; with a type it is what that says', () => {
  const typed = (type: string) => ({ trafo: [{ ...GOOD.trafo[0], tap_changer_type: type }] })
  const steps = (change: Change, untyped?: 'without effect') =>
    parseNetwork(JSON.stringify({ ...GOOD, ...change }), 'net.json', untyped).transformers[0].tapSteps
  expect(steps({})).toBe(1)
  expect(steps({}, 'without effect')).toBe(0)
  expect(steps(typed('Ratio'), 'without effect')).toBe(1)
  expect(steps(typed('Ideal'))).toBe(0)
})

const line = (change: Record<string, unknown>) => ({ lines: [{ ...GOOD.lines[0], ...change }] })
const trafo = (change: Record<string, unknown>) => ({ trafo: [{ ...GOOD.trafo[0], ...change }] })

test.each<[string, Change, RegExp]>([
  [
    'a line to no bus',
    line({ to_bus: 12 }),
    /net\.json {2}lines\[0\] \(Cable\) {2}to_bus is 12, which is no bus; name a bus/,
  ],
  [
    'a line without length',
    line({ length_km: undefined }),
    /lines\[0\] \(Cable\) {2}has no length_km; give length_km/,
  ],
  ['a length of nothing', line({ length_km: 0 }), /length_km is 0; must be > 0; is its unit right/],
  ['a length in words', line({ length_km: 'ten' }), /length_km is "ten", not a number/],
  ['no impedance', line({ r_ohm_per_km: 0, x_ohm_per_km: 0 }), /has no impedance; .*closed switch/],
  ['no ampacity', line({ max_i_ka: 0 }), /max_i_ka is 0; must be > 0/],
  [
    'swapped short-circuit voltages',
    trafo({ vkr_percent: 7 }),
    /trafo\[0\] \(T\) {2}vkr_percent is 7; .*are the two swapped/,
  ],
  ['a tabular tap', trafo({ tap_changer_type: 'Tabular' }), /tap_changer_type is Tabular; give Ratio/],
  [
    'a switch at another bus',
    { switches: [{ bus: 3, element: 4, et: 'l', closed: true }] },
    /switches\[0\] {2}is at a bus that line 4 does not end at/,
  ],
  ['a switch of no line', { switches: [{ bus: 9, element: 5, et: 'l' }] }, /element 5 is no line/],
  [
    'a switch of a strange kind',
    { switches: [{ bus: 9, element: 5, et: 'x' }] },
    /et is "x"; give l \(line\)/,
  ],
  [
    'two buses of one index',
    { buses: [...GOOD.buses, { index: 9, vn_kv: 0.4 }] },
    /buses\[3\] {2}index 9 is there twice/,
  ],
  ['no source', { ext_grid: [] }, /net\.json {2}has no ext_grid; give a network/],
  ['no buses', { buses: undefined }, /has no buses/],
  ['a line that is no map', { lines: [4] }, /lines\[0\] {2}is no map/],
  ['generators', { gen: [{ bus: 9 }] }, /has gen, which the power flow does not know; leave/],
])('%s is refused by its element, with what to do', (_, change, message) => {
  expect(() => parse(change)).toThrow(message)
  expect(() => parse(change)).toThrow(VppError)
})

test('what is no JSON is told', () => {
  expect(() => parseNetwork('{"buses": [', 'net.json')).toThrow(/net\.json {2}is no JSON: .*was it cut off/)
})
