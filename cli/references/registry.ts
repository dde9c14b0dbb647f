import { billReferences } from './bills.ts'
import { blastLife } from './blast-life.ts'
import { communitySharing } from './community-sharing.ts'
import { financeReferences } from './finance.ts'
import { feederReferences } from './feeder.ts'
import { greedyDispatch } from './greedy-dispatch.ts'
import { orderBooks } from './order-books.ts'
import { rainflowReferences } from './rainflow.ts'
import type { ReferenceFamily } from './reference.ts'
import { samLife } from './sam-life.ts'
import { planeOfArray } from './plane-of-array.ts'
import { pvwattsV8References } from './pvwatts-v8.ts'
import { shapleyReferences } from './shapley.ts'
import { spaReference } from './spa-reference.ts'
import { sunAndClearSky, sunriseAndSunset } from './sun-and-clear-sky.ts'
import { transformerReferences } from './transformer.ts'
import { weatherDecomposition } from './weather-decomposition.ts'

/** Every family of references that `vpp validate-models` runs; the files themselves are found by name. */
export const REFERENCE_FAMILIES: readonly ReferenceFamily[] = [
  greedyDispatch,
  communitySharing,
  billReferences,
  orderBooks,
  shapleyReferences,
  rainflowReferences,
  blastLife,
  samLife,
  spaReference,
  sunAndClearSky,
  sunriseAndSunset,
  weatherDecomposition,
  planeOfArray,
  pvwattsV8References,
  financeReferences,
  feederReferences,
  transformerReferences,
]
