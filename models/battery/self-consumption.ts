/**
 * The self-consumption rule: charge what the home does not use of its solar, discharge what its
 * solar does not cover. Returns the AC power to ask of the battery, kW; above zero discharges.
 */
export const selfConsumption = (solarKwh: number, loadKwh: number, stepHours: number): number =>
  (loadKwh - solarKwh) / stepHours
