/**
 * What one kWh between neighbors gains the pair: the buyer's avoided charge, less what the buyer
 * still pays to bring it, less what the seller would have got from the utility. Below zero no price
 * exists that leaves neither worse off.
 */
export const jointSurplus = (avoided: number, charges: number, forgone: number): number =>
  avoided - charges - forgone

const cents = (usdPerKwh: number): string => `${(usdPerKwh * 100).toFixed(1)} ¢`

/** Why no price exists, in one sentence; all in USD per kWh. */
export const whyNoPrice = (avoided: number, charges: number, forgone: number): string =>
  `A neighbor who buys a kWh avoids ${cents(avoided)} and still pays ${cents(charges)} for delivery and fees, ` +
  `so it is worth ${cents(avoided - charges)}; the home that sells it gives up ${cents(forgone)} from the utility: ` +
  `the pair would lose ${cents(forgone - avoided + charges)} on every kWh.`
