/**
 * L of the burn algorithm, for judging: what a reference that knows the true energy burns at the same
 * anchors, with the same mints and deliveries; one row for each battery, whole milliwatt-hours.
 */
export interface ReferenceLosses {
  /** L, burned by the reference so far. */
  readonly lossMilliWh: Float64Array
  /** Greatest B − L at any anchor so far; above 20,000 (0.02 kWh) is an over-burn. */
  readonly worstOverBurnMilliWh: Float64Array
}

export const newReferenceLosses = (count: number): ReferenceLosses => ({
  lossMilliWh: new Float64Array(count),
  worstOverBurnMilliWh: new Float64Array(count),
})

/**
 * At an anchor, after its burn: the reference burns exactly `max(0, S − E_true)` of its own stock.
 *
 * @param claimedMilliWh M − W, minted less delivered, so far
 * @param burnedMilliWh B, burned as storage loss so far, this anchor included
 * @param energyMilliWh E_true, deliverable, in units of the discharge register
 */
export function judgeAnchor(
  { lossMilliWh, worstOverBurnMilliWh }: ReferenceLosses,
  battery: number,
  claimedMilliWh: number,
  burnedMilliWh: number,
  energyMilliWh: number,
): void {
  const stock = claimedMilliWh - lossMilliWh[battery]
  lossMilliWh[battery] += Math.max(0, stock - energyMilliWh)
  const over = burnedMilliWh - lossMilliWh[battery]
  if (over > worstOverBurnMilliWh[battery]) worstOverBurnMilliWh[battery] = over
}
