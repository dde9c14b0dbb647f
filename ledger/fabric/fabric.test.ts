import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { localLedger } from '../behaviour/local.ts'
import { Neighborhood, OPERATOR, ORACLE } from '../behaviour/neighborhood.ts'
import { behaviourOf } from '../behaviour/suite.ts'
import { readConnection } from './client/connection.ts'
import { Checkpoint, ledgerEvents } from './client/events.ts'
import { query } from './client/queries.ts'
import { inFlight } from './measure/workload.ts'
import { fabricLedger, named, Speakers } from './testing/ledger.ts'
import { describeWithFabric, withNetwork } from './testing/network.ts'

/** What every ledger must do, asked of the network: endorsed by both organisations, ordered, committed. */
describeWithFabric('a Fabric network', () => {
  const network = withNetwork()
  const opened: Speakers[] = []
  afterAll(() => opened.forEach((one) => one.close()))
  const speakersOf = (ledger: ReturnType<typeof named>) => {
    const speakers = new Speakers(network().connection, ledger)
    opened.push(speakers)
    return speakers
  }

  behaviourOf('Fabric', () => fabricLedger(speakersOf))

  describe('events', () => {
    const dir = mkdtempSync(join(tmpdir(), 'vpp-events-'))
    afterAll(() => rmSync(dir, { recursive: true, force: true }))

    test('a listener that ended after an event and before its checkpoint hears it again, and misses none', async () => {
      const speakers = speakersOf(named('heard'))
      const hood = await Neighborhood.open(localLedger)
      expect(await speakers.submit(OPERATOR, 1, hood.opening)).toHaveProperty('ok')
      for (let interval = 0; interval < 3; interval++) {
        expect(await speakers.submit(ORACLE, interval + 1, [hood.generated(interval, 5)])).toHaveProperty(
          'ok',
        )
      }
      const path = join(dir, 'checkpoint')
      const gateways = await speakers.settled()
      /** Hears so many, and saves the checkpoint after some of them. */
      const hear = async (count: number, saved: number): Promise<string[]> => {
        const checkpoint = new Checkpoint(path)
        const abort = new AbortController()
        const heard: string[] = []
        for await (const event of ledgerEvents(gateways, 'heard', checkpoint, abort.signal)) {
          heard.push(event.transactions.map(([client, sequence]) => `${client}/${sequence}`).join())
          if (heard.length <= saved) checkpoint.save(event)
          if (heard.length === count) break
        }
        abort.abort()
        return heard
      }
      expect(await hear(3, 2)).toEqual(['1/1', '3/1', '3/2'])
      expect(await hear(2, 2)).toEqual(['3/2', '3/3'])
      expect(await speakers.submit(ORACLE, 9, [hood.generated(3, 5)])).toHaveProperty('ok')
      expect(await hear(1, 1)).toEqual(['3/9'])
      expect(existsSync(`${path}.new`)).toBe(false)
    })

    test('a checkpoint that is none is told', () => {
      writeFileSync(join(dir, 'broken'), '{"block":')
      expect(() => new Checkpoint(join(dir, 'broken'))).toThrow(/is no checkpoint/)
    })
  })

  describe('a client', () => {
    test('keeps what does not fit waiting, and forty at once each have their effect', async () => {
      const ledger = named('many~1')
      const speakers = new Speakers(network().connection, ledger, { inFlight: 10 })
      opened.push(speakers)
      const hood = await Neighborhood.open(localLedger)
      expect(await speakers.submit(OPERATOR, 1, hood.opening)).toHaveProperty('ok')
      expect(await speakers.submit(ORACLE, 1, [hood.generated(0, 1_000_000)])).toHaveProperty('ok')
      // All of them use one lot: each is proposed anew until it comes through.
      await inFlight(40, 40, async (at) => {
        expect(await speakers.submit(OPERATOR, at + 2, [hood.used(0, 100)])).toHaveProperty('ok')
      })
      const gateways = await speakers.settled()
      expect(await query(gateways, 'lots', ledger.text, '{"asset":3}')).toMatchObject([
        { activeMilliWh: 996_000 },
      ])
      expect(speakers.of('operator').retries.conflict).toBeGreaterThan(0)
    })
    test('what a connection file lacks is told', () => {
      const path = join(mkdtempSync(join(tmpdir(), 'vpp-connection-')), 'connection.json')
      expect(() => readConnection(path)).toThrow(/cannot be read/)
      writeFileSync(path, '{"format":1}')
      expect(() => readConnection(path)).toThrow(/channel/)
      rmSync(join(path, '..'), { recursive: true })
    })
  })
})
