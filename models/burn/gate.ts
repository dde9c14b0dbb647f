/**
 * Is a refusal to discharge believable? Not while the prediction holds more than `gateKwh + 3·scale`
 * (a cold lock-out or a fault then): no anchor is submitted, and nothing is burned.
 */
export const refusalIsPlausible = (midKwh: number, scale: number, gateKwh: number): boolean =>
  midKwh <= gateKwh + 3 * scale
