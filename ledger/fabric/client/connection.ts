import { createHash, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { VppError } from '../../../data/errors.ts'

/**
 * `connection.json`: a network as a client sees it, ours or any other (a Kubernetes or a cloud one). Paths are relative to the
 * file. `identities` must name operator, utility and oracle for a run.
 */
const SCHEMA = z.strictObject({
  format: z.literal(1),
  channel: z.string().min(1),
  chaincode: z.string().min(1),
  peers: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** `host:port`. */
        endpoint: z.string().regex(/^[^\s:]+:\d+$/, 'must be host:port'),
        mspId: z.string().min(1),
        /** Certificate authority of its TLS certificate, PEM. */
        tlsRoot: z.string().min(1),
        /** The name in its TLS certificate, when it is not the endpoint's host. */
        tlsName: z.string().optional(),
      }),
    )
    .min(1),
  identities: z.record(
    z.string(),
    z.strictObject({ mspId: z.string().min(1), certificate: z.string(), privateKey: z.string() }),
  ),
})
export type ConnectionFile = z.infer<typeof SCHEMA>

/** Someone who can sign: a certificate of an organisation and its private key. */
export interface Identity {
  readonly name: string
  readonly mspId: string
  /** PEM. */
  readonly certificate: string
  readonly key: KeyObject
  /** `MSP:fingerprint`, what an account is bound to. */
  readonly credential: string
}

export interface Peer {
  readonly name: string
  readonly endpoint: string
  readonly mspId: string
  readonly tlsRoot: Buffer
  readonly tlsName: string | undefined
}

export interface Connection {
  readonly path: string
  readonly channel: string
  readonly chaincode: string
  readonly peers: readonly Peer[]
  readonly identities: ReadonlyMap<string, Identity>
}

/** Reads a connection file with everything that it names. @throws VppError where something of it is missing */
export function readConnection(path: string): Connection {
  const problem = (what: string, cause?: unknown) =>
    new VppError(
      'invalid',
      {
        place: path,
        problem: what,
        fix: 'write one as `vpp fabric up` does (ledger/fabric/README.md), or start a network',
      },
      cause,
    )
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw problem(`cannot be read as a connection file: ${(cause as Error).message}`, cause)
  }
  const parsed = SCHEMA.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw problem(`${issue.path.join('.')}: ${issue.message}`)
  }
  const { channel, chaincode, peers, identities } = parsed.data
  const read = (name: string): Buffer => {
    try {
      return readFileSync(resolve(dirname(path), name))
    } catch (cause) {
      throw problem(`names ${name}, which cannot be read`, cause)
    }
  }
  return {
    path,
    channel,
    chaincode,
    peers: peers.map(({ tlsRoot, tlsName, ...peer }) => ({ ...peer, tlsRoot: read(tlsRoot), tlsName })),
    identities: new Map(
      Object.entries(identities).map(([name, { mspId, certificate, privateKey }]) => [
        name,
        identityOf(name, mspId, read(certificate).toString('utf8'), createPrivateKey(read(privateKey))),
      ]),
    ),
  }
}

export function identityOf(name: string, mspId: string, certificate: string, key: KeyObject): Identity {
  const { raw } = new X509Certificate(certificate)
  const fingerprint = createHash('sha256').update(raw).digest('hex')
  return { name, mspId, certificate, key, credential: `${mspId}:${fingerprint}` }
}

/** One of the identities. @throws VppError when the file names no such one */
export function needIdentity({ path, identities }: Connection, name: string): Identity {
  const identity = identities.get(name)
  if (identity !== undefined) return identity
  throw new VppError('invalid', {
    place: path,
    problem: `names no identity ${name}`,
    fix: `add it under "identities"; there are ${[...identities.keys()].join(', ') || 'none'}`,
  })
}

/** An ECDSA signature (DER) over the SHA-256 of the bytes. */
export const signatureOf = ({ key }: Identity, bytes: Uint8Array): Buffer => sign('sha256', bytes, key)
