/**
 * Many batteries under the burn algorithm, one column for each quantity, one row for each battery.
 * Registers and tokens are whole milliwatt-hours (exact in a double); what is estimated is in kWh.
 */
export const PASSES_KEPT = 32

/** What telemetry tells of one interval beside the registers, as bits. */
export const REFUSED = 1
export const FULL = 2
/** No reading came: registers and flags are unknown. */
export const SILENT = 4

/** Kinds of anchors, as the contract numbers them; 0 is none. */
export const ANCHOR_REFUSAL = 1
export const ANCHOR_FULL = 2

const COLUMNS = [
  // Parameters.
  'nameplateMilliWh',
  'ratedMilliWh',
  'standbyW',
  'missRate',
  'hysteresisKwh',
  'gateKwh',
  'refitDays',
  'predicts',
  'conformal',
  'gated',
  'leastDeviationKwh',
  // What was lost: η, β and their covariance, residuals.
  'eta',
  'betaKw',
  'p11',
  'p12',
  'p22',
  'pairs',
  'residualSquares',
  'learntEnergyKwh',
  'learntCharge',
  'learntDischarge',
  'learntHours',
  // The anchor that the prediction starts from.
  'anchorLowKwh',
  'anchorKwh',
  'anchorCharge',
  'anchorDischarge',
  'anchorHours',
  'width',
  'residuals',
  'refusals',
  // What the full battery delivers.
  'fullKwh',
  'fullVariance',
  'fullMeanKwh',
  'fullDeviationKwh',
  'fullPasses',
  'fullHours',
  'fadedHours',
  'openPass',
  'openCharge',
  'openDischarge',
  'openHours',
  // Refusals: the run that stands, and those that were not believed.
  'standing',
  'confirmHours',
  'refusedHours',
  'refusedCharge',
  'refusedDischarge',
  'doubted',
  'doubtedAgreeing',
  'doubtedCharge',
  'doubtedDischarge',
  'doubtedHours',
  // Days of the last release and fit; the reading before.
  'releasedDay',
  'refitDay',
  'silentHours',
  'lastCharge',
  'lastDischarge',
  'dischargedMilliWh',
  'dischargedHours',
  'peakKw',
  // Alarm.
  'weekResidual',
  'weekHours',
  'weekSquares',
  'weeks',
  'cusumUp',
  'cusumDown',
  'alarms',
  // What a step says.
  'lowKwh',
  'moveMilliWh',
  'afterMilliWh',
  'anchor',
  'factorPpm',
] as const

export type BurnColumn = (typeof COLUMNS)[number]

export type BurnFleet = Readonly<Record<BurnColumn, Float64Array>> & {
  readonly count: number
  /** Battery's last passes from full to refusal, kWh, a ring of `PASSES_KEPT`. */
  readonly passesKwh: Float64Array
  /** Width shared by a class until a battery has its own, and the class of each battery. */
  readonly classWidth: Float64Array
  readonly classOf: Uint16Array
}

/** The burn algorithm's parameters (burn.md) for one battery; most are a scenario's `burn`. */
export interface BurnSettings {
  /** Energy when new, whole milliwatt-hours. */
  readonly nameplateMilliWh: number
  /** AC energy that it is registered to deliver when new and full, whole milliwatt-hours. */
  readonly ratedMilliWh: number
  /** Registered own use, W. */
  readonly standbyW: number
  /** α, share of anchors at which the lower bound may be missed. */
  readonly missRate: number
  readonly hysteresisKwh: number
  /** False: nothing is set aside by prediction, only what an anchor shows. */
  readonly setAside: boolean
  readonly factorStart: number
  readonly refitDays: number
  /** A refusal is not believed while more than this and 3·scale is predicted, kWh. */
  readonly gateKwh: number
  /** A refusal must stand so long before it is an anchor, hours: a flag that is wrong does not. */
  readonly confirmHours: number
  /** Least standard deviation of passes that is believed, kWh: more where the owner moves a reserve. */
  readonly leastDeviationKwh: number
  /** False: the lower bound is the middle itself (for comparison). */
  readonly conformal?: boolean
  /** False: every refusal is believed (for comparison). */
  readonly gated?: boolean
}

/** The width that every class starts from, in units of the scale. */
export const FIRST_WIDTH = 1.5

/**
 * SD of η, of β (kW) and of the full battery's energy (part of what is registered) before anything was
 * seen, and the noise that the covariance is in units of, kWh.
 */
export const PRIOR = { etaSd: 0.015, betaKw: 0.02, betaSdKw: 0.03, fullSd: 0.02, noiseKwh: 0.1 } as const

/** Empty batteries with registers at zero. */
export function newFleet(settings: readonly BurnSettings[], classOf?: Uint16Array): BurnFleet {
  const count = settings.length
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, new Float64Array(count)]))
  const classes = classOf ?? new Uint16Array(count)
  const fleet = {
    ...columns,
    count,
    passesKwh: new Float64Array(count * PASSES_KEPT),
    classWidth: new Float64Array(1 + classes.reduce((most, one) => Math.max(most, one), 0)).fill(FIRST_WIDTH),
    classOf: classes,
  } as unknown as BurnFleet
  settings.forEach((one, battery) => {
    fleet.nameplateMilliWh[battery] = one.nameplateMilliWh
    fleet.ratedMilliWh[battery] = one.ratedMilliWh
    fleet.standbyW[battery] = one.standbyW
    fleet.missRate[battery] = one.missRate
    fleet.hysteresisKwh[battery] = one.hysteresisKwh
    fleet.gateKwh[battery] = one.gateKwh
    fleet.refitDays[battery] = one.refitDays
    fleet.predicts[battery] = one.setAside ? 1 : 0
    fleet.conformal[battery] = (one.conformal ?? true) ? 1 : 0
    fleet.gated[battery] = (one.gated ?? true) ? 1 : 0
    fleet.confirmHours[battery] = one.confirmHours
    fleet.refusedHours[battery] = -1
    fleet.leastDeviationKwh[battery] = one.leastDeviationKwh
    fleet.eta[battery] = one.factorStart
    fleet.betaKw[battery] = PRIOR.betaKw
    fleet.p11[battery] = (PRIOR.etaSd / PRIOR.noiseKwh) ** 2
    fleet.p22[battery] = (PRIOR.betaSdKw / PRIOR.noiseKwh) ** 2
    fleet.fullKwh[battery] = one.ratedMilliWh / 1e6
    fleet.fullVariance[battery] = ((PRIOR.fullSd * one.ratedMilliWh) / 1e6) ** 2
    fleet.width[battery] = FIRST_WIDTH
    fleet.releasedDay[battery] = -1
  })
  return fleet
}
