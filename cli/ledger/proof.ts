import { readFileSync, writeFileSync } from 'node:fs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { clientNumber, proveLot, proveSequence } from '../../ledger/audit/proof/find.ts'
import { checkProof, type Proof, writeProof } from '../../ledger/audit/proof/proof.ts'
import { verifyJournal } from '../../ledger/audit/verify.ts'
import { print, printJson } from '../output.ts'
import type { Journal } from './journals.ts'
import type { RootFile } from './known-root.ts'

function tell({ transactions }: Proof): void {
  for (const { client, sequence, says } of transactions) {
    print(`transaction ${client}:${sequence}`)
    for (const sentence of says) print(`  ${sentence}`)
  }
}

/** `vpp ledger proof`: that a lot was minted, or a transaction made, for who has only the block's root. */
export function prove(
  journal: Journal,
  what: { lot?: string; transaction?: string },
  file: string | undefined,
  json: boolean,
): void {
  const proof =
    what.transaction === undefined ? lotProof(journal, what.lot) : sequenceProof(journal, what.transaction)
  if (file !== undefined) writeFileSync(file, writeProof(proof))
  if (json || file === undefined) return void process.stdout.write(writeProof(proof))
  print(
    `${file}  proves to who knows block ${proof.block} by\n  hash  ${proof.blockHash}\n  root  ${proof.root}`,
  )
  tell(proof)
}

function lotProof({ path }: Journal, lot: string | undefined): Proof {
  if (lot === undefined) {
    throw new VppError('usage', {
      place: 'vpp ledger proof',
      problem: 'neither a lot nor --transaction is named',
      fix: 'vpp ledger proof RUN LOT, or RUN --transaction CLIENT:SEQUENCE',
    })
  }
  const proof = proveLot(path, lot)
  if (proof !== null) return proof
  throw new VppError('invalid', {
    place: lot,
    problem: 'was never minted in this ledger',
    fix: 'name it like home-01-solar/2016-08-01T19:00Z; `vpp ledger query` shows living lots',
  })
}

function sequenceProof({ path }: Journal, transaction: string): Proof {
  const [client, sequence = ''] = transaction.split(':')
  const proof = proveSequence(path, clientNumber(client), Number(sequence))
  if (proof !== null) return proof
  throw new VppError('invalid', {
    place: `--transaction ${transaction}`,
    problem: 'stands not in this ledger',
    fix: 'CLIENT:SEQUENCE, both numbers; `vpp ledger export --table events` shows them',
  })
}

/** `vpp ledger proof --check`: needs no ledger, only the root or hash of the block. */
export function check(file: string, root: string, json: boolean): void {
  const [first, second] = root.split(':')
  const hash = second ?? first
  if (!/^[0-9a-fA-F]{64}$/.test(hash) || (second !== undefined && !/^\d+$/.test(first))) {
    throw new VppError('usage', {
      place: `--root ${root}`,
      problem: 'is no hash of 64 hexadecimal digits',
      fix: '--root HASH or --root BLOCK:HASH, as `vpp ledger root` tells them',
    })
  }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new VppError(
      'invalid',
      { place: file, problem: 'cannot be read', fix: 'name a proof’s file' },
      cause,
    )
  }
  const checked = checkProof(text, hash, second === undefined ? undefined : Number(first))
  if (typeof checked === 'string') {
    if (json) printJson({ format: 1, ok: false, problem: checked })
    else print(`${file}  PROVES NOTHING: ${checked}`)
    process.exitCode = EXIT_CODES.failure
    return
  }
  const { proof, by } = checked
  if (json)
    return printJson({ format: 1, ok: true, by, block: proof.block, transactions: proof.transactions })
  const number =
    by === 'block hash'
      ? `block ${proof.block}`
      : `the block with this root (number ${proof.block} by its own word)`
  print(`${file}  proven by the ${by}: in ${number} stands`)
  tell(proof)
}

/** `vpp ledger root`: what to keep, or to publish, so that the ledger can be held to it later. */
export function tellRoot(
  journal: Journal,
  block: number | undefined,
  file: string | undefined,
  json: boolean,
): void {
  const found = verifyJournal(journal.path, { enough: ({ number }) => number === block })
  if (!found.ok || found.blocks === 0 || (block !== undefined && found.blocks !== block)) {
    throw new VppError('failure', {
      place: journal.path,
      problem: found.ok ? `has ${found.blocks} blocks, and no block ${block}` : 'is not sound',
      fix: found.ok ? 'leave --block out for the last' : '`vpp ledger verify` tells what is wrong',
    })
  }
  const written: RootFile = {
    format: 1,
    ledger: journal.community,
    block: found.blocks,
    blockHash: found.head,
    root: found.root,
  }
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`)
  if (json) return printJson(written)
  print(`${found.blocks}:${found.head}`)
}
