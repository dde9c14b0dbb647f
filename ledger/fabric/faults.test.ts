import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { needIdentity } from './client/connection.ts'
import { Disagreement } from './client/errors.ts'
import { Feed, type FeedResult } from './client/feed.ts'
import { query } from './client/queries.ts'
import { Submitter } from './client/submitter.ts'
import { isRunning } from './network/processes.ts'
import { serviceName, startChaincode, startServices } from './network/services.ts'
import { named } from './testing/ledger.ts'
import { describeWithFabric, type TestNetwork, withNetwork } from './testing/network.ts'
import { recordedDays } from './testing/recorded.ts'

const SPEAKERS = { 1: 'operator', 2: 'utility', 3: 'oracle' }
/** Small batches, so that a fault meets a run in the middle. */
const OPERATIONS_PER_BATCH = 60
const WRONG_MAIN = join(import.meta.dirname, 'testing', 'wrong-main.ts')

/** A network of three orderers under load, and what is done to it meanwhile. */
describeWithFabric('faults during a run', () => {
  const network = withNetwork({ orderers: 3 })
  const recorded = recordedDays('one-home', 2)

  /** Ends a part of the network as a crash would, at once. */
  const killed = (name: string) => {
    const started = network().processes.get(name)
    if (started === null) throw new Error(`${name} does not run`)
    process.kill(started.pid, 'SIGKILL')
  }
  const restart = async () => {
    const { plan, files, processes, binaries } = network()
    await startServices(plan, files, processes, { binaries })
  }
  /** Feeds the recorded run; `fault` is called when a third of it is on the network. */
  const feedThrough = async (ledger: string, fault: () => Promise<void>): Promise<FeedResult> => {
    const feed = await Feed.open(network().connection, named(ledger), SPEAKERS, {
      operationsPerBatch: OPERATIONS_PER_BATCH,
    })
    let done: Promise<void> = Promise.resolve()
    try {
      const { transactions } = await recorded
      for (const [at, transaction] of transactions.entries()) {
        if (at === Math.floor(transactions.length / 3)) done = fault()
        await feed.add(transaction)
      }
      await done
      return await feed.finish()
    } finally {
      await done
      feed.close()
    }
  }
  const isWhole = async (result: FeedResult) => {
    const { transactions, stateHash } = await recorded
    // Nothing lost, nothing doubled: as many as there were, and the very state.
    expect(result.transactions + result.foundThere).toBe(transactions.length)
    expect(result.stateHash).toBe(stateHash)
  }

  test('kill -9 of a peer, which comes back with its data', { timeout: 180_000 }, async () => {
    const { name } = network().plan.peers[1]
    const result = await feedThrough('peer-killed', async () => {
      killed(name)
      await sleep(1500)
      await restart()
    })
    await isWhole(result)
    expect(Object.keys(result.retries).length).toBeGreaterThan(0)
  })

  test('kill -9 of the leading orderer of three', { timeout: 180_000 }, async () => {
    const leader = await leadingOrderer(network())
    await isWhole(await feedThrough('orderer-killed', async () => Promise.resolve(killed(leader))))
    await restart()
  })

  test('kill -9 of a chaincode', { timeout: 180_000 }, async () => {
    const result = await feedThrough('chaincode-killed', async () => {
      killed(serviceName(network().plan.peers[0]))
      await sleep(1000)
      await restart()
    })
    await isWhole(result)
  })

  test('a peer cut off for a while by a pause', { timeout: 180_000 }, async () => {
    const { name } = network().plan.peers[0]
    const started = network().processes.get(name)
    if (started === null) throw new Error(`${name} does not run`)
    await isWhole(
      await feedThrough('peer-paused', async () => {
        process.kill(started.pid, 'SIGSTOP')
        await sleep(3000)
        process.kill(started.pid, 'SIGCONT')
      }),
    )
  })

  test('kill -9 of the client: the next one goes on where it was', { timeout: 180_000 }, async () => {
    const { transactions, file } = await recorded
    const script = join(import.meta.dirname, 'testing', 'feed-main.ts')
    const args = [network().connection.path, 'client-killed', file, String(OPERATIONS_PER_BATCH)]
    const child = fork(script, args, { execPath: process.execPath, stdio: 'ignore' })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const gateways = new Submitter(
      network().connection,
      needIdentity(network().connection, 'operator'),
      named('client-killed'),
    )
    const onNetwork = async () => {
      const heads = await query<Record<string, number>>(gateways.gateways, 'heads', 'client-killed')
      return Object.values(heads).reduce((sum, head) => sum + head, 0)
    }
    while ((await onNetwork()) < transactions.length / 4) await sleep(50)
    child.kill('SIGKILL')
    await ended
    const before = await onNetwork()
    expect(before).toBeLessThan(transactions.length)
    gateways.close()
    const result = await feedThrough('client-killed', () => Promise.resolve())
    await isWhole(result)
    expect(result.foundThere).toBeGreaterThanOrEqual(before)
  })

  describe('a chaincode that is another at one peer', () => {
    test('its endorsement is refused, and the peer is named', { timeout: 180_000 }, async () => {
      const { plan, files, processes } = network()
      const [, wrong] = plan.peers
      await processes.stop([serviceName(wrong)])
      startChaincode(files, processes, wrong, { chaincodeMain: { [wrong.organisation]: WRONG_MAIN } })
      const refused = await feedThrough('disagreeing', () => Promise.resolve()).catch(
        (error: unknown) => error,
      )
      expect(refused).toBeInstanceOf(Disagreement)
      expect((refused as Disagreement).peers).toEqual([wrong.name])
      expect((refused as Disagreement).message).toMatch(/differs from the contract/)
      await processes.stop([serviceName(wrong)])
      await restart()
      // Nothing of it was written: with the right chaincode back the run goes through.
      const result = await feedThrough('disagreeing', () => Promise.resolve())
      expect(result.foundThere).toBe(0)
      await isWhole(result)
    })
  })

  test('everything that was killed runs again', () => {
    const { processes } = network()
    expect(Object.values(processes.all()).every(isRunning)).toBe(true)
  })
})

/** The orderer that the others follow, by what its operations port says of its channel. */
async function leadingOrderer({ plan, files }: TestNetwork): Promise<string> {
  for (const { name, operationsPort } of plan.orderers) {
    const metrics = await metricsOf(operationsPort, files.orderer(name))
    if (/^consensus_etcdraft_is_leader\{[^}]*\} 1$/m.test(metrics)) return name
  }
  throw new Error('no orderer leads')
}

/** The figures of a node, asked for with its own certificate. */
function metricsOf(port: number, node: string): Promise<string> {
  const [ca, cert, key] = ['ca.crt', 'server.crt', 'server.key'].map((name) =>
    readFileSync(join(node, 'tls', name)),
  )
  return new Promise((resolve, reject) => {
    get({ host: 'localhost', port, path: '/metrics', ca, cert, key }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => resolve(text))
    }).on('error', reject)
  })
}
