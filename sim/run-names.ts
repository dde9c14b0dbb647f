import { join } from 'node:path'
import { RUN_FILES } from '../data/run-files.ts'

/** A community's files within its run folder. */
export const journalName = (communityId: string): string => join(RUN_FILES.ledger, `${communityId}.journal`)
/** The same chain as an SQLite file that a durable ledger opens; only where it was asked for. */
export const storeName = (communityId: string): string => join(RUN_FILES.ledger, `${communityId}.sqlite`)
export const seriesNames = (communityId: string): { homes: string; market: string; feeder: string } => ({
  homes: join(RUN_FILES.series, `${communityId}.homes.parquet`),
  market: join(RUN_FILES.series, `${communityId}.market.parquet`),
  feeder: join(RUN_FILES.series, `${communityId}.feeder.parquet`),
})
