/**
 * L of the burn algorithm, for judging: what a reference that knows the true energy burns at the same
 * anchors, with the same mints and deliveries. Whole milliwatt-hours.
 */
export interface ReferenceLoss {
  /** L, burned by the reference so far. */
  readonly lossMilliWh: number
  /** Greatest B − L at any anchor so far; above 20,000 (0.02 kWh) is an over-burn. */
  readonly worstOverBurnMilliWh: number
}

export const newReferenceLoss: ReferenceLoss = { lossMilliWh: 0, worstOverBurnMilliWh: 0 }

/**
 * At an anchor, after its burn: the reference burns exactly `max(0, S − E_true)` of its own stock.
 *
 * @param claimedMilliWh M − W, minted less delivered, so far
 * @param burnedMilliWh B, burned as storage loss so far, this anchor included
 * @param energyMilliWh E_true, deliverable, in units of the discharge register
 */
export function judgeAnchor(
  reference: ReferenceLoss,
  claimedMilliWh: number,
  burnedMilliWh: number,
  energyMilliWh: number,
): ReferenceLoss {
  const stock = claimedMilliWh - reference.lossMilliWh
  const lossMilliWh = reference.lossMilliWh + Math.max(0, stock - energyMilliWh)
  return {
    lossMilliWh,
    worstOverBurnMilliWh: Math.max(reference.worstOverBurnMilliWh, burnedMilliWh - lossMilliWh),
  }
}
