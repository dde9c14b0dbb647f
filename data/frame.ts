import type { TimeAxis } from './axis.ts'

/** Named columns over one axis. The unit and sign stand in the column's name. */
export interface Frame<Name extends string = string> {
  readonly axis: TimeAxis
  readonly columns: Readonly<Record<Name, Float64Array>>
}
