/**
 * Sections of the viability report in the order in which a reviewer asks: what was found, where the money comes from, when it pays, how sure that
 * is; energy, tokens, ledger and wires as evidence; what one home should do; the pilot and its business; what all of it rests on.
 * A test holds that every section stands here once.
 */
export const ORDER = [
  'claims',
  'asked',
  'rules',
  'money',
  'when-it-pays',
  'pays',
  'mechanisms',
  'how-sure',
  'worth',
  'carbon',
  'reliability',
  'fairness',
  'accounts',
  'energy',
  'dispatch',
  'forecasts',
  'flexible',
  'tokens',
  'burn-trial',
  'ledger',
  'wires',
  'sizing',
  'statement',
  'bills',
  'pilot-plan',
  'pilot-budget',
  'pilot-economics',
  'risks',
  'letters',
  'utility-case',
  'low-income',
  'other-utilities',
  'hardware',
  'competition',
  'ip',
  'phase-one',
  'assumptions',
  'audit',
  'model-validation',
  'limits',
  'made',
  'formulas',
]

const place = new Map(ORDER.map((id, at) => [id, at]))

/** Sections in that order. */
export const inOrder = <S extends { readonly id: string }>(sections: readonly S[]): S[] =>
  sections.toSorted((a, b) => (place.get(a.id) ?? ORDER.length) - (place.get(b.id) ?? ORDER.length))
