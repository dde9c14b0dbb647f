import type { Network } from '../../data/grid/network.ts'
import { assert } from '../../data/errors.ts'
import { BASE_KVA } from './circuit.ts'
import { complex, type Complex } from './complex.ts'
import { SymmetricFactor } from './factor.ts'
import { type Branch, type Nodes, nodesOf } from './nodes.ts'

/** Greatest change of a voltage from one iteration to the next at which it stands, per unit. */
const TOLERANCE_PU = 1e-12
const MOST_ITERATIONS = 400

/**
 * Voltages, loadings and losses of a network under given loads, balanced AC, constant power: current injection with
 * the admittance matrix factorised once (implicit Z-bus Gauss; Chen et al., IEEE Trans. Power Delivery 6(3), 1991).
 * On a radial feeder the factor is the backward and forward sweep itself; meshes are solved too. Nothing is allocated
 * in a step, and each starts from the voltages of the one before.
 *
 * Valid for the normal operation of a distribution network; it finds no solution beyond the nose of the voltage curve.
 */
export class PowerFlow {
  readonly network: Network
  readonly nodes: Nodes
  /** By bus: voltage, per unit of its nominal one; NaN where no source supplies it. */
  readonly voltagePu: Float64Array
  /** By line: the greater of the currents at its ends over its ampacity, %; losses, kW. */
  readonly lineLoadingPercent: Float64Array
  readonly lineLossKw: Float64Array
  /** By line, > 0: active power flows from `from` to `to`, kW, at the from end. */
  readonly lineKw: Float64Array
  /** By transformer: power into its ends (> 0 into the transformer), loss, and current over rating, %. */
  readonly hvKw: Float64Array
  readonly hvKvar: Float64Array
  readonly lvKw: Float64Array
  readonly lvKvar: Float64Array
  readonly transformerLossKw: Float64Array
  readonly transformerLoadingPercent: Float64Array
  /** Power from all sources, kW: loads and losses. */
  sourceKw = 0
  /** Iterations of the last step. */
  iterations = 0
  /** Node voltages, per unit. */
  readonly re: Float64Array
  readonly im: Float64Array
  /** By node: its row in the factor; −1: a source or dead. */
  readonly unknownOf: Int32Array
  readonly factor: SymmetricFactor
  readonly #known: Int32Array
  /** Currents that the sources drive into the unknown nodes, and voltages at no load. */
  readonly #driveRe: Float64Array
  readonly #driveIm: Float64Array
  readonly #noLoadRe: Float64Array
  readonly #noLoadIm: Float64Array
  readonly #bRe: Float64Array
  readonly #bIm: Float64Array
  /** Loads by node, per unit. */
  readonly #p: Float64Array
  readonly #q: Float64Array
  readonly #lines: Ports
  readonly #transformers: Ports
  readonly #lineScale: Float64Array
  readonly #hvScale: Float64Array
  readonly #lvScale: Float64Array
  /** A step that found no solution leaves no voltages to start from. */
  #cold = true

  constructor(network: Network) {
    this.network = network
    const nodes = nodesOf(network)
    this.nodes = nodes
    const { count } = nodes
    this.re = new Float64Array(count)
    this.im = new Float64Array(count)
    const held = new Uint8Array(count)
    for (const { bus, voltagePu, angleDegrees } of network.sources) {
      const node = nodes.ofBus[bus]
      if (node < 0) continue
      held[node] = 1
      this.re[node] = voltagePu * Math.cos((angleDegrees * Math.PI) / 180)
      this.im[node] = voltagePu * Math.sin((angleDegrees * Math.PI) / 180)
    }
    const known: number[] = []
    this.unknownOf = new Int32Array(count).fill(-1)
    for (let node = 0; node < count; node++)
      if (nodes.supplied[node] === 1 && held[node] === 0) this.unknownOf[node] = known.push(node) - 1
    this.#known = Int32Array.from(known)
    const matrix = Array.from({ length: known.length }, () => new Map<number, Complex>())
    this.#driveRe = new Float64Array(known.length)
    this.#driveIm = new Float64Array(known.length)
    for (const branch of [...nodes.lines, ...nodes.transformers])
      if (branch !== null) this.#enter(matrix, branch)
    this.factor = new SymmetricFactor(matrix)
    this.#noLoadRe = Float64Array.from(this.#driveRe)
    this.#noLoadIm = Float64Array.from(this.#driveIm)
    this.factor.solve(this.#noLoadRe, this.#noLoadIm)
    this.#bRe = new Float64Array(known.length)
    this.#bIm = new Float64Array(known.length)
    this.#p = new Float64Array(count)
    this.#q = new Float64Array(count)
    this.voltagePu = new Float64Array(network.buses.length)
    const lines = network.lines.length
    this.lineLoadingPercent = new Float64Array(lines)
    this.lineLossKw = new Float64Array(lines)
    this.lineKw = new Float64Array(lines)
    const transformers = network.transformers.length
    this.hvKw = new Float64Array(transformers)
    this.hvKvar = new Float64Array(transformers)
    this.lvKw = new Float64Array(transformers)
    this.lvKvar = new Float64Array(transformers)
    this.transformerLossKw = new Float64Array(transformers)
    this.transformerLoadingPercent = new Float64Array(transformers)
    this.#lines = portsOf(nodes.lines, nodes.supplied)
    this.#transformers = portsOf(nodes.transformers, nodes.supplied)
    const root = network.phases === 3 ? Math.sqrt(3) : 1
    this.#lineScale = Float64Array.from(
      network.lines,
      ({ from, ampacityA }) => (100 * BASE_KVA) / network.buses[from].nominalKv / root / ampacityA,
    )
    const loading = (side: 'hv' | 'lv') =>
      Float64Array.from(network.transformers, (one) => {
        const kv = side === 'hv' ? one.hvKv : one.lvKv
        const bus = network.buses[side === 'hv' ? one.hvBus : one.lvBus]
        return ((100 * BASE_KVA) / bus.nominalKv) * (kv / one.ratedKva / one.parallel / one.ratingFactor)
      })
    this.#hvScale = loading('hv')
    this.#lvScale = loading('lv')
  }

  /** A branch into the matrix; towards a source it becomes a driving current. */
  #enter(matrix: Map<number, Complex>[], { from, to, port }: Branch): void {
    if (this.nodes.supplied[from] === 0) return
    const [a, b] = [this.unknownOf[from], this.unknownOf[to]]
    const put = (row: number, column: number, { re, im }: Complex): void => {
      const before = matrix[row].get(column) ?? complex(0)
      matrix[row].set(column, complex(before.re + re, before.im + im))
    }
    const drive = (row: number, node: number, { re, im }: Complex): void => {
      this.#driveRe[row] -= re * this.re[node] - im * this.im[node]
      this.#driveIm[row] -= re * this.im[node] + im * this.re[node]
    }
    if (a >= 0) put(a, a, port.ff)
    if (b >= 0) put(b, b, port.tt)
    if (a >= 0 && b >= 0) {
      put(a, b, port.ft)
      put(b, a, port.ft)
    } else if (a >= 0) drive(a, to, port.ft)
    else if (b >= 0) drive(b, from, port.ft)
  }

  /**
   * One step.
   * @param loadKw by bus, > 0 draws, < 0 feeds in
   * @param loadKvar by bus, > 0 draws reactive power (inductive)
   * @returns false: no voltages carry this load; `lowestBus` tells where they fell
   */
  solve(loadKw: Float64Array, loadKvar: Float64Array): boolean {
    const { ofBus, supplied } = this.nodes
    this.#p.fill(0)
    this.#q.fill(0)
    for (let bus = 0; bus < ofBus.length; bus++) {
      const node = ofBus[bus]
      if (node < 0 || supplied[node] === 0) continue
      this.#p[node] += loadKw[bus] / BASE_KVA
      this.#q[node] += loadKvar[bus] / BASE_KVA
    }
    if (this.#cold) this.#startFlat()
    const solved = this.#iterate()
    this.#cold = !solved
    for (let bus = 0; bus < ofBus.length; bus++) {
      const node = ofBus[bus]
      this.voltagePu[bus] =
        node < 0 || supplied[node] === 0 ? Number.NaN : Math.hypot(this.re[node], this.im[node])
    }
    if (solved) this.#results()
    return solved
  }

  #startFlat(): void {
    const known = this.#known
    for (let at = 0; at < known.length; at++) {
      this.re[known[at]] = this.#noLoadRe[at]
      this.im[known[at]] = this.#noLoadIm[at]
    }
  }

  #iterate(): boolean {
    const known = this.#known
    const { re, im } = this
    const bRe = this.#bRe
    const bIm = this.#bIm
    const driveRe = this.#driveRe
    const driveIm = this.#driveIm
    const pOf = this.#p
    const qOf = this.#q
    for (this.iterations = 1; this.iterations <= MOST_ITERATIONS; this.iterations++) {
      for (let at = 0; at < known.length; at++) {
        const node = known[at]
        const p = pOf[node]
        const q = qOf[node]
        const vRe = re[node]
        const vIm = im[node]
        const square = vRe * vRe + vIm * vIm
        // The current that a load draws is the conjugate of S/V.
        bRe[at] = driveRe[at] - (p * vRe + q * vIm) / square
        bIm[at] = driveIm[at] - (p * vIm - q * vRe) / square
      }
      this.factor.solve(bRe, bIm)
      let most = 0
      for (let at = 0; at < known.length; at++) {
        const node = known[at]
        const change = Math.abs(bRe[at] - re[node]) + Math.abs(bIm[at] - im[node])
        // Written so that NaN is kept, not skipped.
        if (!(change <= most)) most = change
        re[node] = bRe[at]
        im[node] = bIm[at]
      }
      if (most < TOLERANCE_PU) return true
      if (!(most < 1e3)) return false
    }
    return false
  }

  #results(): void {
    const lines = this.#lines
    lines.flow(this.re, this.im)
    for (let at = 0; at < this.lineKw.length; at++) {
      this.lineKw[at] = lines.fromP[at] * BASE_KVA
      this.lineLossKw[at] = (lines.fromP[at] + lines.toP[at]) * BASE_KVA
      this.lineLoadingPercent[at] = Math.max(lines.fromI[at], lines.toI[at]) * this.#lineScale[at]
    }
    const transformers = this.#transformers
    transformers.flow(this.re, this.im)
    for (let at = 0; at < this.hvKw.length; at++) {
      this.hvKw[at] = transformers.fromP[at] * BASE_KVA
      this.hvKvar[at] = transformers.fromQ[at] * BASE_KVA
      this.lvKw[at] = transformers.toP[at] * BASE_KVA
      this.lvKvar[at] = transformers.toQ[at] * BASE_KVA
      this.transformerLossKw[at] = this.hvKw[at] + this.lvKw[at]
      this.transformerLoadingPercent[at] = Math.max(
        transformers.fromI[at] * this.#hvScale[at],
        transformers.toI[at] * this.#lvScale[at],
      )
    }
    this.sourceKw = 0
    for (const { bus } of this.network.sources) {
      const node = this.nodes.ofBus[bus]
      if (node < 0) continue
      this.sourceKw += this.#p[node] * BASE_KVA
      this.sourceKw += (lines.into(node) + transformers.into(node)) * BASE_KVA
    }
  }

  /** Losses of all lines and transformers, kW. */
  lossKw(): number {
    let sum = 0
    for (const loss of this.lineLossKw) sum += loss
    for (const loss of this.transformerLossKw) sum += loss
    return sum
  }

  /** The bus at which the voltage is lowest (or was, when no solution was found). */
  lowestBus(): number {
    let lowest = -1
    for (const [bus, voltage] of this.voltagePu.entries())
      if (!Number.isNaN(voltage) && (lowest < 0 || voltage < this.voltagePu[lowest])) lowest = bus
    return lowest
  }
}

/** Branches as columns, with the currents and powers at their ends. */
class Ports {
  readonly from: Int32Array
  readonly to: Int32Array
  readonly #coefficients: Float64Array
  readonly fromP: Float64Array
  readonly fromQ: Float64Array
  readonly toP: Float64Array
  readonly toQ: Float64Array
  /** Amounts of the currents, per unit. */
  readonly fromI: Float64Array
  readonly toI: Float64Array

  constructor(branches: readonly (Branch | null)[], supplied: Uint8Array) {
    const count = branches.length
    this.from = new Int32Array(count).fill(-1)
    this.to = new Int32Array(count).fill(-1)
    this.#coefficients = new Float64Array(6 * count)
    for (const [at, branch] of branches.entries()) {
      if (branch === null || supplied[branch.from] === 0) continue
      assert(supplied[branch.to] === 1, 'a branch is supplied at one end only')
      const { ff, ft, tt } = branch.port
      this.from[at] = branch.from
      this.to[at] = branch.to
      this.#coefficients.set([ff.re, ff.im, ft.re, ft.im, tt.re, tt.im], 6 * at)
    }
    this.fromP = new Float64Array(count)
    this.fromQ = new Float64Array(count)
    this.toP = new Float64Array(count)
    this.toQ = new Float64Array(count)
    this.fromI = new Float64Array(count)
    this.toI = new Float64Array(count)
  }

  flow(re: Float64Array, im: Float64Array): void {
    const c = this.#coefficients
    for (let at = 0; at < this.from.length; at++) {
      const from = this.from[at]
      if (from < 0) continue
      const to = this.to[at]
      const aRe = re[from]
      const aIm = im[from]
      const bRe = re[to]
      const bIm = im[to]
      const k = 6 * at
      const iRe = c[k] * aRe - c[k + 1] * aIm + c[k + 2] * bRe - c[k + 3] * bIm
      const iIm = c[k] * aIm + c[k + 1] * aRe + c[k + 2] * bIm + c[k + 3] * bRe
      const jRe = c[k + 2] * aRe - c[k + 3] * aIm + c[k + 4] * bRe - c[k + 5] * bIm
      const jIm = c[k + 2] * aIm + c[k + 3] * aRe + c[k + 4] * bIm + c[k + 5] * bRe
      this.fromP[at] = aRe * iRe + aIm * iIm
      this.fromQ[at] = aIm * iRe - aRe * iIm
      this.toP[at] = bRe * jRe + bIm * jIm
      this.toQ[at] = bIm * jRe - bRe * jIm
      this.fromI[at] = Math.sqrt(iRe * iRe + iIm * iIm)
      this.toI[at] = Math.sqrt(jRe * jRe + jIm * jIm)
    }
  }

  /** Active power from a node into the branches at it, per unit. */
  into(node: number): number {
    let sum = 0
    for (let at = 0; at < this.from.length; at++) {
      if (this.from[at] === node) sum += this.fromP[at]
      if (this.to[at] === node) sum += this.toP[at]
    }
    return sum
  }
}

const portsOf = (branches: readonly (Branch | null)[], supplied: Uint8Array): Ports =>
  new Ports(branches, supplied)
