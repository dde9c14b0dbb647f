import { execute, type Submission } from '../chaincode/execute.ts'
import { Disagreement } from './errors.ts'
import { type Door, type Gateways, isAway, saying } from './gateway.ts'
import { heightAt, stateAt } from './queries.ts'

/** Looks again so often while blocks come in between; then nothing is known. */
const ATTEMPTS = 20

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
    const problem = await examine(gateways, door, submission, proposal)
    if (problem !== null) wrong.push({ name: door.peer.name, problem })
  }
  if (wrong.length > 0) throw new Disagreement(wrong, cause)
}

/** How a peer's answer differs from the contract's; null when it does not, or the peer's state is never still. */
async function examine(
  gateways: Gateways,
  door: Door,
  submission: Submission,
  proposal: Uint8Array,
): Promise<string | null> {
  for (let left = ATTEMPTS; left > 0; left--) {
    const height = await heightAt(gateways, door)
    let said: string
    try {
      said = Buffer.from(await door.gateway.newProposal(proposal).evaluate()).toString('utf8')
    } catch (error) {
      if (isAway(error)) return null
      said = saying(error)
    }
    const { reply } = await execute(stateAt(gateways, door, submission.ledger.text), submission)
    // Both saw the same state only when no block came in between.
    if (said === JSON.stringify(reply)) return null
    if ((await heightAt(gateways, door)) === height) {
      return `its chaincode differs from the contract: ${difference(said, reply)}`
    }
  }
  return null
}

function difference(said: string, expected: object): string {
  const short = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text)
  return `it says ${short(said)} where the contract says ${short(JSON.stringify(expected))}`
}
