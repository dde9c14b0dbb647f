import type { HomeEnergy } from '../../data/run-files.ts'
import type { Kpi } from './kpi.ts'
import { homesOf } from './sums.ts'

/** Sources minus uses at the AC side of one home, milliwatt-hours. */
const residual = (total: HomeEnergy): number =>
  total.solarMilliWh +
  total.dischargeMilliWh +
  total.importMilliWh -
  (total.loadMilliWh + total.chargeMilliWh + total.standbyMilliWh + total.exportMilliWh)

export const energyResidual = {
  id: 'energy-residual',
  label: 'Energy balance, what is left over',
  unit: 'kWh',
  better: 'lower',
  formula: 'max over homes of |solar + discharge + import − load − charge − standby − export|; must be 0',
  source: 'homes[].total, summed again here',
  compute: ({ results }) =>
    Math.max(0, ...homesOf(results).map(({ total }) => Math.abs(residual(total)))) / 1e6,
} as const satisfies Kpi
