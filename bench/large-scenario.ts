/** Writes the scenario of a neighborhood of any size: `node bench/large-scenario.ts HOMES DAYS > scenario.yaml`. */
import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import { galleryPath } from '../scenarios/gallery.ts'
import type { ScenarioInput } from '../scenarios/schema.ts'

/** Most homes that one community may have. */
const COMMUNITY = 10_000

/**
 * A scenario as a user would write it, every home listed: the twelve of `first-neighborhood` again and again, no two with the
 * same load. Their scales are a permutation of 0.75 to 1.25, so that the neighborhood uses as much as its pattern.
 */
export function largeScenario(homes: number, days: number): string {
  if (homes > COMMUNITY)
    throw new RangeError(`a community has at most ${COMMUNITY} homes; ${homes} were asked for`)
  const pattern = parse(readFileSync(galleryPath('first-neighborhood'), 'utf8')) as ScenarioInput
  const [{ homes: twelve, ...community }] = pattern.communities
  const copies = Array.from({ length: homes }, (_, at) => {
    const home = twelve[at % twelve.length]
    const number = Math.floor(at / twelve.length) + 1
    // Steps of the golden ratio lie evenly and never meet.
    const scale = 0.75 + 0.5 * ((at * 0.618_033_988_75) % 1)
    return {
      ...home,
      id: `${home.id}-${number}`,
      label: `${home.label ?? home.id} (${number})`,
      load: { ...home.load, scale: Number(scale.toFixed(6)) },
    }
  })
  const scenario = {
    ...pattern,
    name: `neighborhood-${homes}`,
    title: `${homes} homes, copies of twelve`,
    question: `What do ${homes} homes gain by trading?`,
    description: 'Copies of the twelve homes of first-neighborhood, each with a load of its own scale.',
    period: { ...pattern.period, days },
    communities: [{ ...community, homes: copies }],
  }
  // Written out, as a scenario has to be.
  return stringify(scenario, { aliasDuplicateObjects: false })
}

if (import.meta.main) {
  const [homes, days] = process.argv.slice(2, 4).map(Number)
  process.stdout.write(largeScenario(homes, days))
}
