import { randomInt } from 'node:crypto'
import { mkdirSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** Ports that are asked for lie in so many below those that the system gives to outgoing connections. */
const PORTS = 12_000
/** Where Linux begins unless it was told otherwise. */
const USUAL_EPHEMERAL = 32_768
const LEAST_PORT = 1_100
/** A claim of a folder that is gone is cleared away after so long. */
const STALE_MS = 3_600_000

/** One file a port, named by it, with the folder of the network that has it: of this machine and this user. */
const claims = (): string => join(tmpdir(), `vpp-fabric-ports-${userInfo().uid}`)

/**
 * Claims ports of this machine for a network: nobody listens at them now, and no other network has claimed them, also none
 * that is down at the moment and will want its own again.
 * @param dir folder of the network, which exists: a claim lasts as long as it
 */
export async function claimPorts(count: number, dir: string): Promise<number[]> {
  mkdirSync(claims(), { recursive: true })
  clearStale()
  const end = firstEphemeral()
  const first = Math.max(LEAST_PORT, end - PORTS)
  const ports: number[] = []
  while (ports.length < count) {
    const port = first + randomInt(end - first)
    if (!claim(port, dir)) continue
    if (await isFree(port)) ports.push(port)
    else rmSync(join(claims(), String(port)), { force: true })
  }
  return ports
}

/** Gives back what a network had claimed. */
export function releasePorts(dir: string): void {
  for (const { file, owner } of allClaims()) if (owner === dir) rmSync(file, { force: true })
}

/** False where somebody has it. */
function claim(port: number, dir: string): boolean {
  try {
    writeFileSync(join(claims(), String(port)), dir, { flag: 'wx' })
    return true
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw cause
  }
}

function allClaims(): { file: string; owner: string }[] {
  if (!existsSync(claims())) return []
  return readdirSync(claims()).flatMap((name) => {
    const file = join(claims(), name)
    try {
      return [{ file, owner: readFileSync(file, 'utf8') }]
    } catch {
      return [] // given back just now
    }
  })
}

function clearStale(): void {
  for (const { file, owner } of allClaims()) {
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > STALE_MS && !existsSync(owner)) rmSync(file, { force: true })
  }
}

/** From here on the system gives ports to outgoing connections: one of those could take a port between two starts. */
function firstEphemeral(): number {
  try {
    const first = Number(
      readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/)[0],
    )
    return first > LEAST_PORT + 1_000 ? first : USUAL_EPHEMERAL
  } catch {
    return USUAL_EPHEMERAL
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
