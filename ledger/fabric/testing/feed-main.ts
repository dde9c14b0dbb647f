import { readFileSync } from 'node:fs'
import { decodeBatch } from '../chaincode/wire.ts'
import { ledgerName, type LedgerName } from '../chaincode/keys.ts'
import { readConnection } from '../client/connection.ts'
import { Feed } from '../client/feed.ts'

/** Feeds recorded transactions: `feed-main.ts CONNECTION LEDGER FILE OPERATIONS_A_BATCH`; made to be killed. */
const [connection, ledger, file, operations] = process.argv.slice(2)
const transactions = decodeBatch(readFileSync(file))
if (typeof transactions === 'string') throw new Error(transactions)
const feed = await Feed.open(
  readConnection(connection),
  ledgerName(ledger) as LedgerName,
  { 1: 'operator', 2: 'utility', 3: 'oracle' },
  { operationsPerBatch: Number(operations) },
)
for (const transaction of transactions) await feed.add(transaction)
await feed.finish()
feed.close()
