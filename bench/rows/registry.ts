import { flat } from './flat.ts'
import { kernel } from './kernel.ts'
import { memory } from './memory.ts'
import { peers } from './peers.ts'
import type { Row } from './row.ts'
import { start } from './start.ts'
import { sweep } from './sweep.ts'
import { threads } from './threads.ts'
import { year } from './year.ts'

/** Every row of `npm run bench`, in the order of the table. */
export const ROWS: readonly Row[] = [kernel, threads, year, memory, flat, peers, sweep, start]
