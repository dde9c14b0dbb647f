import { blastCell, BLAST_CELLS } from './blast/registry.ts'
import { BlastAgeing } from './blast/stream.ts'
import { CalendarCycleLife } from './sam/calendar-cycle.ts'
import { SAM_LFP, SAM_NMC } from './sam/chemistries.ts'
import { LmoLtoLife } from './sam/lmo-lto.ts'
import { NmcLife } from './sam/nmc.ts'
import { SamAgeing } from './sam/stream.ts'

/** An ageing model that is fed by every step of a run, and keeps no series. */
export interface Ageing {
  /** Usable energy now over usable energy when new, [0, 1]. */
  readonly healthFraction: number
  /** Days on which a fitted model was asked beyond what it can answer. */
  readonly outsideDays: number
  /** State of charge of what is left, before and after a step, and the cells' temperature in it. */
  step(fromSocFraction: number, toSocFraction: number, temperatureC: number, hours: number): void
}

/** Life models of SAM by the names that scenarios use. */
export const SAM_LIVES = ['sam-lfp', 'sam-nmc', 'sam-nmc-table', 'sam-lmo-lto'] as const
export type SamLifeName = (typeof SAM_LIVES)[number]

/** Every ageing model but the linear one, which the battery itself has: SAM's, and BLAST's by cell. */
export const AGEING_MODELS: readonly string[] = [...SAM_LIVES, ...BLAST_CELLS.map(({ id }) => id)]

const SAM: Record<SamLifeName, () => Ageing> = {
  'sam-lfp': () => new SamAgeing(new CalendarCycleLife(SAM_LFP.calendar, SAM_LFP.cycles)),
  'sam-nmc': () => new SamAgeing(new NmcLife()),
  'sam-nmc-table': () => new SamAgeing(new CalendarCycleLife(SAM_NMC.calendar, SAM_NMC.cycles)),
  'sam-lmo-lto': () => new SamAgeing(new LmoLtoLife()),
}

/** A new battery's ageing by the name of its model; null: the linear model of the battery itself. */
export function newAgeing(model: string): Ageing | null {
  if (model === 'linear') return null
  const sam = SAM[model as SamLifeName] as (() => Ageing) | undefined
  if (sam !== undefined) return sam()
  const cell = blastCell(model)
  if (cell === undefined) throw new Error(`internal: no ageing model ${model}`)
  return new BlastAgeing(cell)
}
