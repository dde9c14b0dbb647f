import { VppError } from '../../data/errors.ts'
import type { Book } from '../../ledger/audit/book.ts'
import { bookOfState } from '../../ledger/audit/reading/state.ts'
import { ledgerName } from '../../ledger/fabric/chaincode/keys.ts'
import { needIdentity, readConnection } from '../../ledger/fabric/client/connection.ts'
import { Gateways } from '../../ledger/fabric/client/gateway.ts'
import { canonical, worldState } from '../../ledger/fabric/client/world-state.ts'

/** The ledger that `fabric:NAME` names, null for anything else; `fabric` alone is the one of a run. */
export function networkLedger(text: string, ofRun: string | null): string | null {
  if (text === 'fabric' && ofRun !== null) return ofRun
  return text.startsWith('fabric:') ? text.slice('fabric:'.length) : null
}

/** A ledger's state from the peers of a network, as a book. */
export async function networkBook(connectionPath: string, name: string): Promise<Book> {
  const ledger = ledgerName(name)
  if (ledger === null) {
    throw new VppError('usage', {
      place: `fabric:${name}`,
      problem: 'is no name of a ledger',
      fix: '`vpp run --ledger fabric` prints the names, RUN.COMMUNITY',
    })
  }
  const connection = readConnection(connectionPath)
  const gateways = new Gateways(connection, needIdentity(connection, 'operator'))
  try {
    const { bytes } = canonical(await worldState(gateways, ledger))
    return bookOfState(bytes, `fabric:${name}`)
  } finally {
    gateways.close()
  }
}
