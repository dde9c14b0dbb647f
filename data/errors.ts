/** What went wrong, for whom it is to act on: the exit code follows from the kind. */
export type ErrorKind = 'failure' | 'usage' | 'invalid' | 'differs' | 'interrupted'

/** Process exit codes, by kind of error (0 is success). */
export const EXIT_CODES: Record<ErrorKind, number> = {
  failure: 1,
  usage: 2,
  invalid: 3,
  differs: 4,
  interrupted: 130,
}

/** One finding: where it is, what is wrong there, and what to do about it. */
export interface Problem {
  /** File, line and column or the path of a field: `demo.yaml:14:17  homes[2].battery.capacityKwh`. */
  readonly place: string
  /** What is wrong, with the value found and the value expected. */
  readonly problem: string
  /** What the reader can do about it; empty when nothing is known. */
  readonly fix: string
}

/**
 * The only error type that a user is meant to see. It carries one or more problems, each with its
 * place and fix; whatever caused it stays in `cause`. Anything else that is thrown is a bug.
 */
export class VppError extends Error {
  readonly kind: ErrorKind
  readonly problems: readonly Problem[]

  constructor(kind: ErrorKind, problems: Problem | readonly Problem[], cause?: unknown) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem]
    super(list.map(formatProblem).join('\n'), cause === undefined ? undefined : { cause })
    this.name = 'VppError'
    this.kind = kind
    this.problems = list
  }
}

/** One line for the terminal: `place  problem; fix`. */
export function formatProblem({ place, problem, fix }: Problem): string {
  return `${place}  ${problem}${fix === '' ? '' : `; ${fix}`}`
}

/** Stops the program where something that cannot be is: a bug, never bad input. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`internal: ${what}`)
}
