/** Work of the pilot, first and last month counted from 1. */
export interface Task {
  readonly id: 'rules' | 'hardware' | 'software' | 'enrolment' | 'shadow' | 'live' | 'evaluation'
  readonly label: string
  readonly from: number
  readonly to: number
}

/** A decision at the end of a month: go on, or stop. */
export interface Gate {
  readonly id: 'route' | 'field' | 'books' | 'result'
  readonly month: number
  readonly label: string
}

export interface Schedule {
  readonly tasks: readonly Task[]
  readonly gates: readonly Gate[]
}

/**
 * The plan of the pilot. What comes before the first installation takes the time until then; after the last home is in, a third of
 * what is left runs in shadow (everything is metered and settled on paper, no money moves), the rest for real; the
 * evaluation takes the last quarter of the whole.
 */
export function schedule(plan: {
  readonly months: number
  readonly enrolFromMonth: number
  readonly enrolMonths: number
}): Schedule {
  const { months } = plan
  const within = (month: number) => Math.min(months, Math.max(1, month))
  const first = within(plan.enrolFromMonth)
  const last = within(first + plan.enrolMonths - 1)
  const before = within(first - 1)
  const shadowTo = within(last + Math.max(1, Math.round((months - last) / 3)))
  const task = (id: Task['id'], label: string, from: number, to: number): Task => ({
    id,
    label,
    from: within(from),
    to: within(Math.max(from, to)),
  })
  return {
    tasks: [
      task('rules', 'Tariff route, counsel, consent', 1, before),
      task('hardware', 'Meter and gateway in the laboratory', 1, before),
      task('software', 'Ledger and interfaces to the field', 1, last),
      task('enrolment', 'Homes won and fitted out', first, last),
      task('shadow', 'Shadow operation: no money moves', last + 1, shadowTo),
      task('live', 'Live operation', shadowTo + 1, months),
      task('evaluation', 'Independent evaluation', Math.ceil(months * 0.75) + 1, months),
    ],
    gates: [
      { id: 'route', month: before, label: 'A legal route and a utility that takes part' },
      { id: 'field', month: last, label: 'Homes enrolled within budget' },
      { id: 'books', month: shadowTo, label: 'Books balance, nobody loses unseen' },
      { id: 'result', month: months, label: 'Result against the thresholds' },
    ],
  }
}
