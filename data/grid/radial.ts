import { conductor, type ConductorName } from './conductors.ts'
import type { Network } from './network.ts'

/** A small feeder behind one transformer, as a scenario writes it. */
export interface RadialFeeder {
  readonly phases: 1 | 3
  /** Between the conductors of a single-phase service, or from line to line. */
  readonly nominalV: number
  /** Voltage at the transformer's high side, per unit. */
  readonly sourcePu: number
  readonly transformer: {
    readonly ratedKva: number
    readonly primaryKv: number
    readonly impedancePercent: number
    readonly loadLossW: number
    readonly noLoadLossW: number
    readonly noLoadCurrentPercent: number
  }
  readonly segments: readonly {
    readonly from: string
    readonly to: string
    readonly metres: number
    readonly conductor: ConductorName
    readonly parallel: number
  }[]
}

/** Name of the bus at the transformer's low side, where segments begin. */
export const TRANSFORMER_BUS = 'transformer'

/**
 * The network of a feeder of segments. In a single-phase service the current goes out and comes back: both conductors
 * count, while reactance is that of the loop and ampacity that of one.
 */
export function radialNetwork(feeder: RadialFeeder, name: string): Network {
  const { phases, transformer: t } = feeder
  const names = [...new Set([TRANSFORMER_BUS, ...feeder.segments.flatMap(({ from, to }) => [from, to])])]
  const conductors = phases === 1 ? 2 : 1
  const nominalKv = feeder.nominalV / 1000
  return {
    name,
    frequencyHz: 60,
    phases,
    buses: [
      { name: 'primary', nominalKv: t.primaryKv, inService: true },
      ...names.map((bus) => ({ name: bus, nominalKv, inService: true })),
    ],
    lines: feeder.segments.map(({ from, to, metres, conductor: kind, parallel }) => {
      const { ohmPerKm, reactanceOhmPerKm, ampacityA } = conductor(kind)
      const km = ((metres / 1000) * conductors) / parallel
      return {
        name: `${from} – ${to}`,
        from: names.indexOf(from) + 1,
        to: names.indexOf(to) + 1,
        rOhm: ohmPerKm * km,
        xOhm: reactanceOhmPerKm * km,
        gSiemens: 0,
        bSiemens: 0,
        ampacityA: ampacityA * parallel,
        conductor: kind,
        inService: true,
        fromClosed: true,
        toClosed: true,
      }
    }),
    transformers: [
      {
        name: `${t.ratedKva} kVA`,
        hvBus: 0,
        lvBus: 1,
        ratedKva: t.ratedKva,
        parallel: 1,
        ratingFactor: 1,
        hvKv: t.primaryKv,
        lvKv: nominalKv,
        shortCircuitPercent: t.impedancePercent,
        shortCircuitRealPercent: t.loadLossW / t.ratedKva / 10,
        ironLossKw: t.noLoadLossW / 1000,
        noLoadCurrentPercent: t.noLoadCurrentPercent,
        shiftDegrees: 0,
        tapSide: 'hv',
        tapSteps: 0,
        tapStepPercent: 0,
        tapStepDegrees: 0,
        leakageResistanceHv: 0.5,
        leakageReactanceHv: 0.5,
        inService: true,
        hvClosed: true,
        lvClosed: true,
      },
    ],
    sources: [{ bus: 0, voltagePu: feeder.sourcePu, angleDegrees: 0 }],
    couplers: [],
    loads: [],
    generators: [],
    storages: [],
  }
}
