import { BASE_KVA } from './circuit.ts'
import { inverse } from './complex.ts'
import type { Branch } from './nodes.ts'
import type { PowerFlow } from './power-flow.ts'

/**
 * Shares of the losses by marginal currents: the series loss of a branch is Re(conj(J)·r·J), its current J is the sum of
 * what each home's current contributes to it, and a home bears Re(conj(J)·r·J_home) of every branch. On a radial feeder
 * this is branch current decomposition (Carpaneto, Chicco, Sumaili, IEEE Trans. Power Systems 21(3), 2006); on any
 * network the loss formula of Z-bus allocation (Conejo, Galiana, Kockar, IEEE Trans. Power Systems 16(1), 2001). What is lost without
 * any load (iron, charging) is shared equally. Shares sum to the losses; a home that relieves the wires has a negative one.
 */
export class LossShares {
  readonly #flow: PowerFlow
  readonly #branches: readonly { branch: Branch; yRe: number; yIm: number; r: number; ratio: number }[]
  readonly #re: Float64Array
  readonly #im: Float64Array

  constructor(flow: PowerFlow) {
    this.#flow = flow
    const { lines, transformers, supplied } = flow.nodes
    this.#branches = [...lines, ...transformers].flatMap((branch) => {
      if (branch === null || supplied[branch.from] === 0) return []
      const { series, ratio } = branch.port
      return { branch, yRe: series.re, yIm: series.im, r: inverse(series).re, ratio }
    })
    this.#re = new Float64Array(flow.factor.size)
    this.#im = new Float64Array(flow.factor.size)
  }

  /**
   * Adds the interval's shares, in the state that the power flow is in.
   * @param bus by home; @param kw by home, net load; @param kvar by home
   * @param shares by home, kW: what is added to them sums to the losses
   */
  add(bus: Int32Array, kw: Float64Array, kvar: Float64Array, shares: Float64Array): void {
    const { re, im, unknownOf, nodes, factor } = this.#flow
    const wRe = this.#re.fill(0)
    const wIm = this.#im.fill(0)
    for (const { branch, yRe, yIm, r, ratio } of this.#branches) {
      const { from, to } = branch
      const dRe = re[from] / ratio - re[to]
      const dIm = im[from] / ratio - im[to]
      const jRe = yRe * dRe - yIm * dIm
      const jIm = yRe * dIm + yIm * dRe
      // r · conj(J) · y
      const gRe = r * (jRe * yRe + jIm * yIm)
      const gIm = r * (jRe * yIm - jIm * yRe)
      const a = unknownOf[from]
      const b = unknownOf[to]
      if (a >= 0) {
        wRe[a] += gRe / ratio
        wIm[a] += gIm / ratio
      }
      if (b >= 0) {
        wRe[b] -= gRe
        wIm[b] -= gIm
      }
    }
    factor.solve(wRe, wIm)
    let given = 0
    for (let home = 0; home < bus.length; home++) {
      const node = nodes.ofBus[bus[home]]
      const at = node < 0 ? -1 : unknownOf[node]
      if (at < 0) continue
      const square = re[node] ** 2 + im[node] ** 2
      const iRe = -(kw[home] * re[node] + kvar[home] * im[node]) / square / BASE_KVA
      const iIm = -(kw[home] * im[node] - kvar[home] * re[node]) / square / BASE_KVA
      const share = (wRe[at] * iRe - wIm[at] * iIm) * BASE_KVA
      shares[home] += share
      given += share
    }
    const rest = (this.#flow.lossKw() - given) / bus.length
    for (let home = 0; home < bus.length; home++) shares[home] += rest
  }
}
