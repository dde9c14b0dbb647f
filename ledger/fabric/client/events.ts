import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { VppError } from '../../../data/errors.ts'
import type { Answer } from '../chaincode/wire.ts'
import { type Gateways, isAway } from './gateway.ts'

/** What the chaincode tells of one committed submission. */
export interface LedgerEvent {
  readonly block: bigint
  readonly transactionId: string
  readonly ledger: string
  /** Client and sequence number of each transaction. */
  readonly transactions: readonly (readonly [number, number])[]
  readonly answers: readonly Answer[]
}

interface Place {
  readonly blockNumber: bigint
  readonly transactionId: string | undefined
}

/**
 * How far a listener has come, in a file that is whole whenever the machine stops: written beside it, synced, renamed,
 * and the folder synced.
 */
export class Checkpoint {
  readonly #path: string
  #place: Place | null

  constructor(path: string) {
    this.#path = path
    this.#place = existsSync(path) ? read(path) : null
  }

  getBlockNumber(): bigint | undefined {
    return this.#place?.blockNumber
  }

  getTransactionId(): string | undefined {
    return this.#place?.transactionId
  }

  /** To be called when an event has been dealt with, not before: after a crash it would not come again. */
  save({ block, transactionId }: Pick<LedgerEvent, 'block' | 'transactionId'>): void {
    this.#place = { blockNumber: block, transactionId }
    const file = openSync(`${this.#path}.new`, 'w')
    writeSync(file, JSON.stringify({ block: String(block), transactionId }))
    fsyncSync(file)
    closeSync(file)
    renameSync(`${this.#path}.new`, this.#path)
    const folder = openSync(dirname(this.#path), 'r')
    fsyncSync(folder)
    closeSync(folder)
  }
}

function read(path: string): Place {
  try {
    const { block, transactionId } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>
    return { blockNumber: BigInt(block), transactionId }
  } catch (cause) {
    throw new VppError(
      'invalid',
      { place: path, problem: 'is no checkpoint', fix: 'remove it to hear everything from the beginning' },
      cause,
    )
  }
}

/**
 * The events of a ledger in the order of the chain, from the checkpoint on (from the first block where there is
 * none), without end: when the peer goes away the stream is taken up again, there or at another, where it broke.
 */
export async function* ledgerEvents(
  gateways: Gateways,
  ledger: string,
  checkpoint: Checkpoint,
  signal: AbortSignal,
): AsyncGenerator<LedgerEvent> {
  const { channel, chaincode } = gateways.connection
  /** Given out but perhaps not saved yet: what comes again after a break is not given out twice. */
  let last = { block: checkpoint.getBlockNumber() ?? 0n, id: checkpoint.getTransactionId() }
  while (!signal.aborted) {
    const { door } = gateways
    const from = { getBlockNumber: () => last.block, getTransactionId: () => last.id }
    try {
      const events = await door.gateway
        .getNetwork(channel)
        .getChaincodeEvents(chaincode, { checkpoint: from })
      const close = () => events.close()
      signal.addEventListener('abort', close)
      try {
        for await (const event of events) {
          last = { block: event.blockNumber, id: event.transactionId }
          const told = JSON.parse(Buffer.from(event.payload).toString('utf8')) as LedgerEvent
          if (told.ledger !== ledger) continue
          yield { ...told, block: event.blockNumber, transactionId: event.transactionId }
        }
      } finally {
        signal.removeEventListener('abort', close)
        events.close()
      }
    } catch (error) {
      if (signal.aborted) return
      if (!isAway(error)) throw error
    }
    gateways.next(door)
    await sleep(300)
  }
}
