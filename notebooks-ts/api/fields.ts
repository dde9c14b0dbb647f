import { VppError } from '../../data/errors.ts'
import { fieldsAt } from '../../scenarios/fields.ts'

/**
 * What a field of a scenario may be, where it is one of a few: `choices('market.mechanism')`.
 * @throws VppError('usage') for a path that is no such field
 */
export function choices(path: string): string[] {
  const rules = fieldsAt(path).map(({ rule }) => /^one of (.*)$/.exec(rule)?.[1])
  const [first] = rules
  if (first === undefined)
    throw new VppError('usage', {
      place: path,
      problem: 'is no field with choices',
      fix: '`vpp explain` tells what a field may be',
    })
  return first.split(', ')
}
