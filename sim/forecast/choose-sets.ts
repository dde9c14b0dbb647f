import { VppError } from '../../data/errors.ts'
import { nearest } from '../../scenarios/nearest.ts'
import type { EvaluatedSet } from './evaluate.ts'
import {
  AUSGRID_SET,
  ausgridSet,
  fontanaSet,
  type ForecastSet,
  hourly,
  VERMONT_SET,
  vermontSet,
} from './sets.ts'

/** Every set that is here: the embedded homes in depth, the others where they have been fetched. */
function setsHere(folders: readonly string[]): EvaluatedSet[] {
  const all = (set: ForecastSet) => set.homes.map((_, place) => place)
  const fontana = fontanaSet()
  const sets: EvaluatedSet[] = [{ set: fontana, split: 'folds', tested: all(fontana), inDepth: true }]
  const ausgrid = ausgridSet(folders)
  if (ausgrid !== null) {
    const hours = hourly(ausgrid)
    sets.push({ set: hours, split: { trainedOn: fontana }, tested: all(hours), inDepth: false })
    sets.push({ set: ausgrid, split: 'own', tested: all(ausgrid), inDepth: false })
  }
  const vermont = vermontSet(folders)
  if (vermont !== null) sets.push({ set: vermont, split: 'folds', tested: all(vermont), inDepth: false })
  return sets
}

/**
 * The sets and homes that were asked for: a set, or a home of one; none named: all that are here.
 * @throws VppError('usage') for a name that is not here
 */
export function chooseSets(names: readonly string[], folders: readonly string[]): EvaluatedSet[] {
  const here = setsHere(folders)
  if (names.length === 0) return here
  const known = here.flatMap(({ set }) => [set.id.replace(' (hours)', ''), ...set.homes.map(({ id }) => id)])
  for (const name of names) {
    if (known.includes(name)) continue
    const close = nearest(name, known)
    const absent = [AUSGRID_SET, VERMONT_SET].find((id) => name.startsWith(id))
    throw new VppError('usage', {
      place: `--homes ${name}`,
      problem: 'is no home or set that is here',
      fix:
        absent === undefined
          ? close === undefined
            ? 'name a set or a home, like fontana-2016/7'
            : `did you mean ${close}?`
          : `vpp data fetch ${absent}`,
    })
  }
  return here.flatMap((evaluated) => {
    const { set } = evaluated
    const whole = names.includes(set.id.replace(' (hours)', ''))
    const tested = set.homes.flatMap(({ id }, place) => (whole || names.includes(id) ? [place] : []))
    return tested.length === 0 ? [] : [{ ...evaluated, tested, inDepth: evaluated.inDepth && whole }]
  })
}
