import { isMap, type Document } from 'yaml'
import type { CheckedScenario } from './check.ts'
import type { Golden } from './golden.ts'

/** Twelve digits: the last bits of a sum are no change of result. */
const kept = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(12)))

/**
 * Puts what was found into the golden file, with the reason; comments and tolerances stay.
 * @returns names of what changed
 */
export function updateGolden(
  document: Document,
  { scenarios, updates }: Golden,
  checked: readonly (CheckedScenario & { readonly found: Readonly<Record<string, number | null>> })[],
  why: { readonly reason: string; readonly version: string; readonly date: string },
): string[] {
  const changed: string[] = []
  for (const { name, index, found, figures } of checked) {
    const { keep, kpis } = scenarios[index]
    const ids = keep ?? (figures.length === 0 ? Object.keys(found) : Object.keys(kpis))
    if (document.getIn(['scenarios', index, 'kpis']) === undefined)
      document.setIn(['scenarios', index, 'kpis'], document.createNode({}))
    for (const id of ids) {
      const before = figures.find((figure) => figure.id === id)
      if (before?.ok === true) continue
      const path = ['scenarios', index, 'kpis', id]
      const node = document.getIn(path, true)
      document.setIn(isMap(node) ? [...path, 'value'] : path, kept(found[id] ?? null))
      changed.push(
        `${name}: ${id} ${before === undefined ? 'added' : `${before.golden} → ${kept(found[id] ?? null)}`}`,
      )
    }
  }
  if (changed.length > 0) document.setIn(['updates'], document.createNode([...updates, { ...why, changed }]))
  return changed
}
