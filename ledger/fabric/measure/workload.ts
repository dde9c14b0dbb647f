import type { Operation } from '../../contract/operations.ts'
import type { Transaction } from '../../contract/decide.ts'
import { TransactionWriter } from '../../contract/writer.ts'
import { type Connection, needIdentity } from '../client/connection.ts'
import { Gateways } from '../client/gateway.ts'
import type { LedgerName } from '../chaincode/keys.ts'
import { Submitter } from '../client/submitter.ts'

const OPERATOR = 1
const ORACLE = 3
const HOUSEHOLD = 10
/** Noon of a day, on a whole five minutes. */
const START = 24_500_160
const INTERVAL = 5
const MINTED_MILLI_WH = 400_000

/** A home's meter and its panel stand beside each other. */
const meterOf = (home: number): number => 1 + 2 * home
const panelOf = (home: number): number => 2 + 2 * home

/** How long things took, milliseconds. */
export interface Times {
  readonly seconds: number
  readonly latencyMs: readonly number[]
}

/** Runs `count` jobs, so many at once. */
export async function inFlight(
  count: number,
  atOnce: number,
  job: (at: number) => Promise<unknown>,
): Promise<Times> {
  const latencyMs: number[] = []
  const started = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const at = next++
        const began = performance.now()
        await job(at)
        latencyMs.push(performance.now() - began)
      }
    }),
  )
  return { seconds: (performance.now() - started) / 1000, latencyMs }
}

/** Homes with a panel each, on a ledger of the network, and an oracle that mints for them. */
export class Panels {
  readonly homes: number
  readonly submitter: Submitter
  #sequence = 0

  private constructor(homes: number, submitter: Submitter) {
    this.homes = homes
    this.submitter = submitter
  }

  static async open(
    connection: Connection,
    ledger: LedgerName,
    homes: number,
    atOnce: number,
  ): Promise<Panels> {
    const operator = new Submitter(connection, needIdentity(connection, 'operator'), ledger, { inFlight: 1 })
    const account = (number: number, role: Operation<'register'>['role']): Operation => ({
      op: 'register',
      actor: OPERATOR,
      account: number,
      role,
      agent: number === ORACLE ? ORACLE : OPERATOR,
      openingMicroUsd: 0,
      creditLimitMicroUsd: 0,
      label: role,
      credential: '',
    })
    const asset = (number: number, kind: 'meter' | 'solar', home: number): Operation => ({
      op: 'createAsset',
      actor: OPERATOR,
      asset: number,
      kind,
      owner: HOUSEHOLD,
      site: meterOf(home),
      intervalMinutes: INTERVAL,
      nameplateW: kind === 'solar' ? 12_000 : 0,
      energyMilliWh: 0,
      deliverableMilliWh: 0,
      standbyW: 0,
      factorPpm: 0,
      location: `street/${home}`,
      label: `home-${home}-${kind}`,
    })
    const oracle = needIdentity(connection, 'oracle')
    const credentials = { [ORACLE]: oracle.credential }
    const opening = [
      account(OPERATOR, 'operator'),
      account(ORACLE, 'oracle'),
      account(HOUSEHOLD, 'household'),
    ]
    let sequence = 0
    await accepted(operator, written(OPERATOR, ++sequence, opening), { credentials })
    for (let first = 0; first < homes; first += 1000) {
      const operations: Operation[] = []
      for (let home = first; home < Math.min(homes, first + 1000); home++) {
        operations.push(asset(meterOf(home), 'meter', home), asset(panelOf(home), 'solar', home))
      }
      await accepted(operator, written(OPERATOR, ++sequence, operations), {})
    }
    operator.close()
    return new Panels(homes, new Submitter(connection, oracle, ledger, { inFlight: atOnce }))
  }

  /** One transaction that mints an interval for homes `first` to `first + count`, as the meters of a tick would. */
  async mint(first: number, count: number, interval: number): Promise<void> {
    const writer = new TransactionWriter()
    const minute = START + interval * INTERVAL
    for (let home = first; home < first + count; home++) {
      writer.mint(ORACLE, panelOf(home), minute, 0, MINTED_MILLI_WH)
    }
    await accepted(this.submitter, writer.transaction(ORACLE, ++this.#sequence), {})
  }

  /** Oracle: what nobody bought of an interval is exported, so that panels hold no lots of the past. */
  async close(first: number, count: number, interval: number): Promise<void> {
    const writer = new TransactionWriter()
    for (let home = first; home < first + count; home++) {
      writer.closeInterval(ORACLE, meterOf(home), START + interval * INTERVAL)
    }
    await accepted(this.submitter, writer.transaction(ORACLE, ++this.#sequence), {})
  }
}

function written(client: number, sequence: number, operations: readonly Operation[]): Transaction {
  const writer = new TransactionWriter()
  for (const operation of operations) writer.add(operation)
  return writer.transaction(client, sequence)
}

async function accepted(submitter: Submitter, transaction: Transaction, envelope: object): Promise<void> {
  const { answers } = await submitter.submit([transaction], envelope)
  if ('refused' in answers[0]) throw new Error(`internal: refused: ${JSON.stringify(answers[0].refused)}`)
}

/** The contract that checks nothing, on the same network. */
export class Bare {
  readonly #gateways: Gateways
  #count = 0

  constructor(connection: Connection) {
    this.#gateways = new Gateways(connection, needIdentity(connection, 'oracle'))
  }

  async mint(lots: number, lotsPerKey: number): Promise<void> {
    const { channel, chaincode } = this.#gateways.connection
    const contract = this.#gateways.door.gateway.getNetwork(channel).getContract(chaincode)
    const name = `${process.pid}-${Date.now()}-${++this.#count}`
    await contract.submitTransaction('bare', String(lotsPerKey), name, String(lots))
  }

  close(): void {
    this.#gateways.close()
  }
}
