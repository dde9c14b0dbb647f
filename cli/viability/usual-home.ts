import type { SizingResult } from '../../data/sizing-result.ts'
import { sizeHome } from '../../sim/sizing/size-home.ts'
import { SIZE_DEFAULTS } from '../size/options.ts'
import { sizingRequest } from '../size/request.ts'

/** Said, so that the same report is made on any day: the day decides which incentives there are. */
const DAY = '2027-01-01'
/** Coarser than `vpp size` goes by itself, so that a report does not wait for it. */
const STEP_KW = 1
const DRAWS = 100

/** How much solar the mean home of Massachusetts should buy: what `vpp size` answers where nothing is said. */
export const usualHome = (): SizingResult =>
  sizeHome(
    sizingRequest(
      { ...SIZE_DEFAULTS, step: STEP_KW, draws: DRAWS, date: DAY },
      `vpp size --step ${STEP_KW} --draws ${DRAWS} --date ${DAY}`,
      DAY,
    ),
  )
