import { kernel } from './kernel.ts'
import { peers } from './peers.ts'
import type { Row } from './row.ts'
import { start } from './start.ts'
import { sweep } from './sweep.ts'
import { threads } from './threads.ts'

/** Every row of `npm run bench`, in the order of the table. */
export const ROWS: readonly Row[] = [kernel, threads, peers, sweep, start]
