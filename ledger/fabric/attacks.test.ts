import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../contract/operations.ts'
import { ANA, at, Neighborhood, OPERATOR, ORACLE, STRANGER } from '../behaviour/neighborhood.ts'
import { localLedger } from '../behaviour/local.ts'
import { MAX_BATCH_BYTES, signedBytes } from './chaincode/wire.ts'
import { needIdentity, signatureOf } from './client/connection.ts'
import { NotTaken } from './client/errors.ts'
import { query } from './client/queries.ts'
import type { Submitter } from './client/submitter.ts'
import { canonical, worldState } from './client/world-state.ts'
import { named, Speakers, transactionOf } from './testing/ledger.ts'
import { describeWithFabric, withNetwork } from './testing/network.ts'

const NAME = named('attacked')

describeWithFabric('against attacks', () => {
  const network = withNetwork()
  let hood: Neighborhood
  let speakers: Speakers
  let operator: Submitter
  let sequence = 1000
  const state = async () => canonical(await worldState(await speakers.settled(), NAME)).hash
  /** Sends as one identity what claims to come from a client; the code of the answer. */
  const sendAs = async (name: string, client: number, operations: readonly Operation[], envelope = {}) => {
    const transaction = transactionOf(client, ++sequence, operations)
    const { answers } = await speakers.of(name).submit([transaction], envelope)
    return 'ok' in answers[0] ? 'ok' : answers[0].refused.code
  }

  beforeAll(async () => {
    speakers = new Speakers(network().connection, NAME)
    operator = speakers.of('operator')
    hood = await Neighborhood.open(localLedger)
    expect(await speakers.submit(OPERATOR, 1, hood.opening)).toHaveProperty('ok')
    expect(await speakers.submit(ORACLE, 1, [hood.generated(0, 900_000)])).toHaveProperty('ok')
    expect(await speakers.submit(OPERATOR, 2, [hood.offered(0, 500_000, 150_000)])).toHaveProperty('ok')
  })

  describe('who is not the account', () => {
    test.each(['operator', 'utility', 'stranger'])('%s does not mint as the oracle', async (name) => {
      const before = await state()
      expect(await sendAs(name, ORACLE, [hood.generated(1, 5)])).toBe('not-authorised')
      expect(await state()).toBe(before)
    })
    test('nor as itself: only the oracle attests', async () => {
      const before = await state()
      const own = (actor: number) => ({ ...hood.generated(1, 5), actor })
      expect(await sendAs('operator', OPERATOR, [own(OPERATOR)])).toBe('wrong-role')
      expect(await sendAs('stranger', STRANGER, [own(STRANGER)])).toBe('wrong-role')
      expect(await state()).toBe(before)
    })
    test('a stranger does not sell, use or cancel another’s lot', async () => {
      const before = await state()
      const cancel = { op: 'cancel', actor: STRANGER, ...hood.solarLot(0) } as const
      for (const operation of [hood.offered(0, 1, 1, STRANGER), hood.used(0, 1, STRANGER), cancel]) {
        expect(await sendAs('stranger', STRANGER, [operation])).toBe('not-owner')
      }
      expect(await sendAs('stranger', STRANGER, [hood.used(0, 1)])).toBe('not-authorised')
      expect(await sendAs('stranger', OPERATOR, [hood.used(0, 1)])).toBe('not-authorised')
      expect(await state()).toBe(before)
    })
    test('nobody opens a ledger that is open, or binds an account anew', async () => {
      const before = await state()
      const [first] = hood.opening
      const mine = needIdentity(network().connection, 'stranger').credential
      const envelope = { credentials: { 1: mine, 3: mine } }
      expect(await sendAs('stranger', OPERATOR, [first], envelope)).toBe('not-authorised')
      expect(
        await sendAs(
          'stranger',
          STRANGER,
          [{ ...first, actor: STRANGER, account: 3 } as Operation],
          envelope,
        ),
      ).toBe('wrong-role')
      expect(await sendAs('stranger', ORACLE, [hood.generated(1, 5)])).toBe('not-authorised')
      expect(await state()).toBe(before)
    })
  })

  describe('signed offline', () => {
    const signed = (signer: string, ledger: string, client: number, operations: readonly Operation[]) => {
      const identity = needIdentity(network().connection, signer)
      const transaction = transactionOf(client, ++sequence, operations)
      const signature = signatureOf(identity, signedBytes(ledger, transaction)).toString('base64')
      return {
        transaction,
        envelope: { certificates: [identity.certificate], signatures: [[0, signature] as const] },
      }
    }
    test('a transaction counts as its signer’s, whoever brings it', async () => {
      const { transaction, envelope } = signed('stranger', NAME.text, STRANGER, [
        hood.bought(0, 100, 150_000, STRANGER),
      ])
      const { answers } = await operator.submit([transaction], envelope)
      // The stranger has no load: what is refused is the wish, not the signature.
      expect(answers[0]).toMatchObject({ refused: { code: 'unknown-asset' } })
      const oracle = signed('oracle', NAME.text, ORACLE, [hood.generated(1, 7)])
      expect((await operator.submit([oracle.transaction], oracle.envelope)).answers[0]).toHaveProperty('ok')
    })
    test('tampered evidence, another’s signature, one for another ledger: refused', async () => {
      const before = await state()
      const reading = [hood.generated(2, 5), hood.read(2, 5, 0)]
      const { transaction, envelope } = signed('oracle', NAME.text, ORACLE, reading)
      const words = transaction.words.slice()
      words[words.length - 4]++
      const refused = { refused: { code: 'not-authorised' } }
      expect((await operator.submit([{ ...transaction, words }], envelope)).answers[0]).toMatchObject(refused)
      const other = signed('utility', NAME.text, ORACLE, reading)
      expect((await operator.submit([other.transaction], other.envelope)).answers[0]).toMatchObject(refused)
      const elsewhere = signed('oracle', 'another', ORACLE, reading)
      expect((await operator.submit([elsewhere.transaction], elsewhere.envelope)).answers[0]).toMatchObject(
        refused,
      )
      expect(await state()).toBe(before)
    })
    test('brought twice it has one effect and the same receipt', async () => {
      const { transaction, envelope } = signed('oracle', NAME.text, ORACLE, [hood.generated(3, 5)])
      const first = await operator.submit([transaction], envelope)
      const before = await state()
      const again = await speakers.of('stranger').submit([transaction], envelope)
      expect(again.answers).toEqual(first.answers)
      expect(await state()).toBe(before)
    })
  })

  describe('what is no submission', () => {
    const raw = (...args: (string | Uint8Array)[]) => {
      const { gateway } = operator.gateways.door
      const { channel, chaincode } = network().connection
      return gateway
        .getNetwork(channel)
        .getContract(chaincode)
        .newProposal('submit', { arguments: args })
        .endorse()
    }
    test.each([
      ['no arguments', []],
      ['no name of a ledger', ['../x', new Uint8Array(4)]],
      ['half a word', [NAME.text, new Uint8Array(5)]],
      ['no record', [NAME.text, new Uint8Array(400).fill(9)]],
      ['more than a batch may hold', [NAME.text, new Uint8Array(MAX_BATCH_BYTES + 4)]],
      ['an envelope that is no JSON', [NAME.text, new Uint8Array(4), '{']],
      ['an envelope with more in it', [NAME.text, new Uint8Array(4), '{"role":"operator"}']],
    ])('%s: refused, state unchanged', async (_, args) => {
      const before = await state()
      await expect(raw(...args)).rejects.toMatchObject({
        details: [{ message: expect.stringContaining('malformed') as string }],
      })
      expect(await state()).toBe(before)
    })
    test('an unknown function', async () => {
      await expect(query(operator.gateways, 'become', 'operator')).rejects.toThrow(/no function/)
    })
    test('a batch whose words are no transaction', async () => {
      const before = await state()
      const nonsense = { client: OPERATOR, sequence: 5, operations: 3, words: new Int32Array([1, 2, 3]) }
      expect((await operator.submit([nonsense])).answers[0]).toMatchObject({ refused: { code: 'malformed' } })
      const envelope = { credentials: { 1: 5 as unknown as string } }
      await expect(operator.submit([nonsense], envelope)).rejects.toThrow(NotTaken)
      expect(await state()).toBe(before)
    })
  })

  describe('questions', () => {
    const lots = async (filter: object) =>
      query<object[]>(await speakers.settled(), 'lots', NAME.text, JSON.stringify(filter))
    test('by asset, location, date, owner and state', async () => {
      const day = new Date(at(0) * 60_000).toISOString().slice(0, 10)
      const where = { asset: 3, location: 'street/ana-solar' }
      expect(await lots({ asset: 3 })).toContainEqual(
        expect.objectContaining({
          minute: at(0),
          activeMilliWh: 900_000,
          offeredMilliWh: 500_000,
          owner: ANA,
        }),
      )
      const all = await lots(where)
      expect(await lots({ ...where, date: day })).toEqual(all)
      expect(await lots({ ...where, date: '2001-01-01' })).toEqual([])
      expect(await lots({ owner: ANA })).toEqual(all)
      expect(await lots({ owner: STRANGER })).toEqual([])
      expect(await lots({ state: 'offered' })).toHaveLength(1)
      expect(await lots({ state: 'set-aside' })).toEqual([])
      await expect(lots({ color: 'red' })).rejects.toThrow(/lots takes/)
    })
    test('a lot’s history, from the mint through what was done to it', async () => {
      const steps = await query<{ lot: { offeredMilliWh: number } | null }[]>(
        operator.gateways,
        'trace',
        NAME.text,
        `3/${at(0)}/0/0`,
      )
      expect(steps.map(({ lot }) => lot?.offeredMilliWh ?? null)).toEqual([0, 500_000])
    })
  })
})
