/**
 * Factors, one a month, that bring a load's shape to what a home was billed.
 *
 * By energy: billed kWh ÷ kWh of the shape in that month. By money: (bill − fixed charge) ÷ what the
 * shape costs at each interval's price, so that the same shape under the same tariff gives the bill.
 *
 * @param shapeMilliWh energy of each interval
 * @param monthOfStep month of each interval, an index into `billed`
 * @param billed what each month was billed, kWh or USD, for the part of it that is simulated
 * @param price of each interval, µ$ per kWh, and the month's fixed charge, USD; absent: `billed` is kWh
 * @returns factor of each month; 1 where shape and bill are both nothing
 * @throws RangeError naming the month where a bill has nothing to be scaled, or is below the fixed charge
 */
export function billFactors(
  shapeMilliWh: ArrayLike<number>,
  monthOfStep: ArrayLike<number>,
  billed: readonly number[],
  price?: { readonly microUsdPerKwh: ArrayLike<number>; readonly fixedUsd: readonly number[] },
): Float64Array {
  const shape = new Float64Array(billed.length)
  for (let step = 0; step < shapeMilliWh.length; step++) {
    const kwh = shapeMilliWh[step] / 1e6
    shape[monthOfStep[step]] += price === undefined ? kwh : (kwh * price.microUsdPerKwh[step]) / 1e6
  }
  return shape.map((value, month) => {
    const wanted = billed[month] - (price?.fixedUsd[month] ?? 0)
    if (wanted < 0) throw new RangeError(`${month}: the bill ${billed[month]} is below its fixed charge`)
    if (value === 0 && wanted > 0)
      throw new RangeError(`${month}: the shape has no energy that a bill of ${billed[month]} could scale`)
    return value === 0 ? 1 : wanted / value
  })
}
