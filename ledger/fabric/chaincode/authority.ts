import { createHash, verify, X509Certificate } from 'node:crypto'
import type { Transaction } from '../../contract/decide.ts'
import { OPERATIONS } from '../../contract/operations.ts'
import { readText, textWords } from '../../contract/words.ts'
import { type Envelope, signedBytes } from './wire.ts'

/** A certificate that was read before; its key costs a millisecond to make. */
interface Known {
  readonly fingerprint: string
  readonly certificate: X509Certificate
}
const MOST_KNOWN = 4096
const known = new Map<string, Known>()

function read(pem: string): Known | null {
  const found = known.get(pem)
  if (found !== undefined) return found
  try {
    const certificate = new X509Certificate(pem)
    const fingerprint = createHash('sha256').update(certificate.raw).digest('hex')
    if (known.size >= MOST_KNOWN) known.clear()
    const entry = { fingerprint, certificate }
    known.set(pem, entry)
    return entry
  } catch {
    return null
  }
}

/** `MSP:fingerprint`: what an account is bound to; null for what is no certificate. */
export function credentialOf(mspId: string, pem: string): string | null {
  const certificate = read(pem)
  return certificate && `${mspId}:${certificate.fingerprint}`
}

/**
 * Does the transaction come from whom the account is bound to: the submitter himself (whose MSP the peer has checked),
 * or one who signed it before with the key of that very certificate?
 *
 * @param bound `MSP:fingerprint` of the client's account
 */
export function speaks(
  bound: string,
  submitter: string,
  ledger: string,
  transaction: Transaction,
  { certificates = [], signatures = [] }: Envelope,
  place: number,
): boolean {
  const signature = signatures[place] ?? null
  if (signature === null) return bound === submitter
  const [index, text] = signature
  const signer = read(certificates[index] ?? '')
  if (signer === null || bound.slice(bound.indexOf(':') + 1) !== signer.fingerprint) return false
  try {
    const bytes = signedBytes(ledger, transaction)
    return verify('sha256', bytes, signer.certificate.publicKey, Buffer.from(text, 'base64'))
  } catch {
    return false
  }
}

/** The accounts that a well-formed transaction registers, with the credential that it gives them. */
export function* registrations({
  words,
}: Transaction): Generator<{ account: number; actor: number; credential: string }> {
  for (let at = 0; at < words.length; at += words[at] >>> 8) {
    if ((words[at] & 0xff) !== OPERATIONS.register.code) continue
    // actor, account, role, agent, two amounts, then label and credential.
    const label = at + 9
    const credential = readText(words, label + textWords(words[label]))
    yield { actor: words[at + 1], account: words[at + 2], credential }
  }
}
