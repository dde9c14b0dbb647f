import { VppError } from '../data/errors.ts'
import { ledgerName } from '../ledger/fabric/chaincode/keys.ts'

/** A community's ledger on a network: of one run, so that the same run finds its own again. */
export function fabricLedgerName(runId: string, communityId: string): string {
  const text = `${runId}.${communityId}`.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')
  if (ledgerName(text) !== null) return text
  throw new VppError('failure', {
    place: '--ledger fabric',
    problem: `${text} is too long for the name of a ledger`,
    fix: 'give the scenario or the community a shorter name',
  })
}
