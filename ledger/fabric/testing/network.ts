import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { type Connection, readConnection } from '../client/connection.ts'
import { contractVersions } from '../client/versions.ts'
import { findBinaries, goVersion } from '../network/binaries.ts'
import { DEFAULT_OPTIONS } from '../network/plan.ts'
import { down } from '../network/state.ts'
import { type Network, up, type UpOptions } from '../network/up.ts'

/** A cold build takes minutes. */
const UP_TIMEOUT_MS = 900_000

/**
 * Tests that need a Fabric network: elsewhere than in CI they are listed as not run where there are neither Fabric's
 * programs nor Go to build them; in CI they run, and fail.
 */
export const describeWithFabric = describe.skipIf(
  process.env.CI === undefined && findBinaries() === null && goVersion() === '',
)

export interface TestNetwork extends Network {
  readonly dir: string
  readonly connection: Connection
}

/** Folder for networks of this test file, gone with all that runs in it when the tests are done. */
export function networkFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'vpp-fabric-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

export async function startTestNetwork(dir: string, options: Partial<UpOptions> = {}): Promise<TestNetwork> {
  const network = await up({ ...DEFAULT_OPTIONS, ...options, dir })
  const connection = readConnection(network.files.connection)
  await contractVersions(connection, 60)
  return { ...network, dir, connection }
}

/** A network for the tests of a `describe`: started before the first, ended after the last. */
export function withNetwork(options: Partial<UpOptions> = {}): () => TestNetwork {
  const dir = networkFolder()
  let network: TestNetwork | undefined
  beforeAll(async () => {
    network = await startTestNetwork(join(dir, 'network'), options)
  }, UP_TIMEOUT_MS)
  afterAll(async () => {
    if (network !== undefined) await down(network.dir, true)
  }, 60_000)
  return () => network as TestNetwork
}
