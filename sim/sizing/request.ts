import type { TimeAxis } from '../../data/axis.ts'
import type { InputRecord, Profile } from '../../data/profile.ts'
import type { Incentive } from '../../models/finance/incentives.ts'
import type { Loan } from '../../models/finance/project.ts'
import type { Drawn, Fixed } from '../../models/sizing/defaults.ts'
import type { Triangle } from '../../models/sizing/uncertain.ts'
import type { Tariff } from '../../scenarios/schema.ts'
import type { NeighborTerms } from './neighbors.ts'
import type { StatedPlace } from './place-weather.ts'

/** A home that asks how much to invest, everything said. */
export interface SizingRequest {
  readonly version: string
  readonly command: string
  readonly seed: number
  readonly draws: number
  /** Folder that file names are relative to. */
  readonly baseDir: string
  readonly zone: string
  /** Weather file with its format, or a place with a stated yield. */
  readonly sun:
    | { readonly kind: 'file'; readonly file: string; readonly format: 'epw' | 'tmy3' | 'psm' | 'pvgis' }
    | { readonly kind: 'place'; readonly place: StatedPlace }
  /** A year of use with how it is called; `shape`: its clock time counts, not its instants. */
  readonly load: { readonly profile: Profile; readonly label: string; readonly kind: 'shape' | 'measured' }
  /** What the home was billed: the mean month alone, or twelve, January first; null: the load as it is. */
  readonly bill:
    | { readonly kwhPerMonth: readonly number[] }
    | { readonly usdPerMonth: readonly number[] }
    | null
  readonly lowIncome: boolean
  readonly tariff: Tariff
  readonly exportText: string
  readonly afterUsdPerKwh: number
  /** Years after which today's rule for exports ends, in the likely case; null: it does not. */
  readonly exportRuleYears: number | null
  readonly roof: { readonly kw: number; readonly tiltDeg: number; readonly azimuthDeg: number }
  readonly stepKw: number
  readonly batteriesKwh: readonly number[]
  readonly budgetUsd: number | null
  readonly drawn: Readonly<Record<Drawn, Triangle>>
  readonly fixed: Readonly<Record<Fixed, number>>
  /** Ids of assumptions that were given, so that their source is the asker. */
  readonly given: ReadonlySet<string>
  readonly incentives: readonly Incentive[]
  readonly day: string
  readonly loan: Loan | null
  readonly neighbors: NeighborTerms
  readonly solarRoofUsdPerW: number | null
  readonly plainRoofUsd: number
  /** Null: not known for the place. */
  readonly carbon: {
    readonly marginalKgPerKwh: number | null
    readonly averageKgPerKwh: number | null
    readonly source: string
  }
  /** Said beside the answer. */
  readonly notes: readonly string[]
}

/** A request's home with everything read that it names. */
export interface ReadSizing {
  readonly axis: TimeAxis
  readonly loadKwh: Float64Array
  readonly sunKwhPerKw: Float64Array
  readonly placeLabel: string
  readonly inputs: readonly InputRecord[]
  readonly notes: readonly string[]
}
