import { assert } from '../data/errors.ts'
import type { IntervalFlows } from './interval-flows.ts'

/**
 * What must hold of the energy of every interval, to the milliwatt-hour: each home's meter adds up and
 * goes one way only; neighbors buy exactly what neighbors sell, and nobody more than the meter saw.
 */
export function checkEnergy(flows: IntervalFlows, homes: number): void {
  const {
    solar,
    discharge,
    import: imports,
    load,
    charge,
    standby,
    export: exports,
    peerBought,
    peerSold,
  } = flows
  let sold = 0
  let bought = 0
  for (let home = 0; home < homes; home++) {
    const imported = imports[home]
    const exported = exports[home]
    const homeBought = peerBought[home]
    const homeSold = peerSold[home]
    const supplied = solar[home] + discharge[home] + imported
    const used = load[home] + charge[home] + standby[home] + exported
    const sound =
      supplied === used &&
      imported >= 0 &&
      exported >= 0 &&
      (imported === 0 || exported === 0) &&
      homeBought <= imported &&
      homeSold <= exported
    if (!sound) tell(flows, home, supplied, used)
    bought += homeBought
    sold += homeSold
  }
  if (bought !== sold) assert(false, `neighbors bought ${bought} mWh and sold ${sold}`)
}

/** Words are only made for what is broken: this runs for every home and interval. */
function tell(flows: IntervalFlows, home: number, supplied: number, used: number): void {
  const [imported, exported] = [flows.import[home], flows.export[home]]
  assert(supplied === used, `home ${home}: ${supplied} mWh supplied, ${used} used`)
  assert(imported >= 0 && exported >= 0, `home ${home}: a meter ran backwards`)
  assert(imported === 0 || exported === 0, `home ${home} imports and exports at once`)
  assert(flows.peerBought[home] <= imported, `home ${home} bought more than it imported`)
  assert(flows.peerSold[home] <= exported, `home ${home} sold more than it exported`)
}
