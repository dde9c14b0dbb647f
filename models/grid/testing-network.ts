/** For tests: small networks out of a few numbers. */
import { parseNetwork } from '../../data/grid/network-file.ts'
import type { Network } from '../../data/grid/network.ts'

export const CABLE = { r_ohm_per_km: 0.32, x_ohm_per_km: 0.083, c_nf_per_km: 280, max_i_ka: 0.179 }

export const TRAFO = {
  name: 'T',
  sn_mva: 0.16,
  vn_hv_kv: 10,
  vn_lv_kv: 0.4,
  vk_percent: 4,
  vkr_percent: 1.5,
  pfe_kw: 0.4,
  i0_percent: 0.8,
}

type Line = readonly [from: number, to: number, km: number, more?: Record<string, unknown>]

/** A 0.4 kV network fed at bus 0; with `trafo` bus 0 is its 10 kV side and bus 1 its low side. */
export function networkOf(
  buses: number,
  lines: readonly Line[],
  { trafo = false, more = {} }: { trafo?: boolean; more?: Record<string, unknown> } = {},
): Network {
  const json = {
    buses: Array.from({ length: buses }, (_, index) => ({ index, vn_kv: trafo && index === 0 ? 10 : 0.4 })),
    lines: lines.map(([from_bus, to_bus, length_km, extra], id) => ({
      id,
      name: `line ${id}`,
      from_bus,
      to_bus,
      length_km,
      ...CABLE,
      ...extra,
    })),
    trafo: trafo ? [{ hv_bus: 0, lv_bus: 1, ...TRAFO }] : [],
    ext_grid: [{ bus: 0, vm_pu: 1 }],
    ...more,
  }
  return parseNetwork(JSON.stringify(json), 'test')
}
