import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { OPERATOR } from '../behaviour/neighborhood.ts'
import { readChain } from './chain/read.ts'
import { ChainReplay } from './chain/replay.ts'
import { inFlight } from './measure/workload.ts'
import { named, Speakers } from './testing/ledger.ts'
import { describeWithFabric, withNetwork } from './testing/network.ts'
import { contendedWork } from './testing/workload.ts'
import { DEFAULT_BATCH } from './network/plan.ts'
import { canonical, worldState } from './client/world-state.ts'

const OPERATIONS = 10_000
const IN_FLIGHT = 8

describeWithFabric('the order that the network gives', () => {
  const network = withNetwork({ batch: { ...DEFAULT_BATCH, timeoutMs: 20 } })

  test(
    `${OPERATIONS} operations with conflicts, replayed in process by their recorded reads`,
    { timeout: 900_000 },
    async () => {
      // Few rows a key, so that accounts and assets share keys and conflict over them too.
      const name = named('conflicts~4')
      const speakers = new Speakers(network().connection, name, { inFlight: IN_FLIGHT, orderRefusals: true })
      const { opening, work } = await contendedWork(OPERATIONS, 1)
      const sequences = new Map<number, number>()
      const next = (client: number) => {
        const sequence = (sequences.get(client) ?? 0) + 1
        sequences.set(client, sequence)
        return sequence
      }
      expect(await speakers.submit(OPERATOR, next(OPERATOR), opening)).toHaveProperty('ok')
      const numbered = work.map((wanted) => ({ ...wanted, sequence: next(wanted.client) }))
      await inFlight(numbered.length, IN_FLIGHT, async (at) => {
        const { client, sequence, operations } = numbered[at]
        await speakers.submit(client, sequence, operations)
      })

      const replay = new ChainReplay(name)
      const gateways = await speakers.settled()
      for await (const invocation of readChain(gateways)) replay.take(invocation)
      const { result } = replay
      expect(result.differences.slice(0, 10)).toEqual([])
      expect(result.operations).toBeGreaterThanOrEqual(OPERATIONS)
      // The test is worth its name: much was accepted, much conflicted, much was refused for what it asked.
      expect(result.codes['mvcc-conflict']).toBeGreaterThan(100)
      expect(result.codes.ok).toBeGreaterThan(100)
      expect(Object.keys(result.codes).length).toBeGreaterThan(6)
      expect(canonical(await worldState(gateways, name)).hash).toBe(result.ledger.stateHash())
      speakers.close()
      if (process.env.VPP_FIGURES !== undefined)
        writeFileSync(process.env.VPP_FIGURES, JSON.stringify(result.codes))
    },
  )
})
