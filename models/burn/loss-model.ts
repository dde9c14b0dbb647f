/**
 * What a battery loses, learnt from its anchors: `E' − E + ΔD = η·ΔC − β·Δt`. η is the AC-to-AC
 * conversion, β the standing loss. The two are nearly collinear, so their split is an estimate; what
 * is burned never depends on it. Recursive least squares on past data only, no forgetting.
 */
export interface LossModel {
  /** AC energy deliverable later for each unit charged. */
  readonly eta: number
  /** Standing loss, kW in deliverable energy. */
  readonly betaKw: number
  /** Covariance of (η, β), in units of the residual's variance. */
  readonly p11: number
  readonly p12: number
  readonly p22: number
  readonly pairs: number
}

const LEAST_ETA = 0.5
/** Above 1 by the bias of two class-1 registers. */
const MOST_ETA = 1.02
const MOST_BETA_KW = 0.2

/** Before any anchor: the registered factor and 10 W, believed to within 0.05 and 20 W (0.1 kWh noise). */
export const newLossModel = (factor: number): LossModel => ({
  eta: factor,
  betaKw: 0.01,
  p11: (0.05 / 0.1) ** 2,
  p12: 0,
  p22: (0.02 / 0.1) ** 2,
  pairs: 0,
})

/**
 * Learns from one pair of anchors.
 * @param gainKwh E at the later anchor − E at the earlier + energy discharged between, kWh
 * @param chargedKwh energy charged between, kWh
 * @param hours time between
 */
export function learnLoss(model: LossModel, gainKwh: number, chargedKwh: number, hours: number): LossModel {
  const x1 = chargedKwh
  const x2 = -hours
  const px1 = model.p11 * x1 + model.p12 * x2
  const px2 = model.p12 * x1 + model.p22 * x2
  const weight = 1 + x1 * px1 + x2 * px2
  const residual = gainKwh - (model.eta * x1 + model.betaKw * x2)
  const p11 = model.p11 - (px1 * px1) / weight
  const p12 = model.p12 - (px1 * px2) / weight
  const p22 = model.p22 - (px2 * px2) / weight
  // What no battery shows is refused. The other parameter follows along the covariance: as they are
  // nearly collinear, it would keep the value that fits the refused one.
  const freeBetaKw = model.betaKw + (px2 / weight) * residual
  const betaKw = clamp(freeBetaKw, 0, MOST_BETA_KW)
  const freeEta = model.eta + (px1 / weight) * residual + (p12 / p22) * (betaKw - freeBetaKw)
  return { eta: clamp(freeEta, LEAST_ETA, MOST_ETA), betaKw, p11, p12, p22, pairs: model.pairs + 1 }
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value))

/**
 * Conversion factor to register for mints to come, parts per million: the learnt η and one
 * per cent. It errs high: what is minted too much is verified and burned, what is minted too little
 * is lost to its owner.
 */
export const factorPpm = (model: LossModel): number =>
  Math.min(1_000_000, Math.ceil((model.eta + 0.01) * 1_000_000))
