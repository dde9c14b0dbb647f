import { execute, type Submission } from '../chaincode/execute.ts'
import { Disagreement } from './errors.ts'
import type { Gateways } from './gateway.ts'
import { saying } from './gateway.ts'
import { stateAt } from './queries.ts'

/**
 * Which peer's chaincode is wrong: the contract is run here, on the state as each peer has it, and every
 * peer is asked the very same proposal. Throws `Disagreement` when one answers otherwise; returns when all agree
 * (then one of them had only been behind).
 *
 * @param proposal bytes of a proposal of this submission, signed; its id is `submission.id`
 */
export async function judge(
  gateways: Gateways,
  submission: Submission,
  proposal: Uint8Array,
  cause: unknown,
): Promise<void> {
  const wrong: { name: string; problem: string }[] = []
  for (const door of gateways.doors) {
    const { name } = door.peer
    let said: string
    try {
      said = Buffer.from(await door.gateway.newProposal(proposal).evaluate()).toString('utf8')
    } catch (error) {
      said = saying(error)
    }
    const { reply } = await execute(stateAt(gateways, door, submission.ledger.text), submission)
    if (said === JSON.stringify(reply)) continue
    wrong.push({ name, problem: `its chaincode differs from the contract: ${difference(said, reply)}` })
  }
  if (wrong.length > 0) throw new Disagreement(wrong, cause)
}

function difference(said: string, expected: object): string {
  const short = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text)
  return `it says ${short(said)} where the contract says ${short(JSON.stringify(expected))}`
}
