import { VppError } from '../../../data/errors.ts'

/** A Redis or Valkey server, and the queue on it. */
export interface QueuePlace {
  /** `redis://[user:password@]host:port[/database]` or `rediss://…` */
  readonly url: string
  /** Name of the queue; only workers of the same version take from it. */
  readonly queue: string
  readonly version: string
}

/** The server as messages call it: without a password. */
export function shownUrl(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url)
    return `${protocol}//${host}${pathname}`
  } catch {
    return 'the URL of --redis'
  }
}

export const queueName = ({ queue, version }: QueuePlace): string => `${queue}-${version}`

/**
 * Options of a connection, once the server has answered. Later losses of the connection are waited out.
 * @throws VppError('usage' | 'failure') when there is no server, or it refuses
 */
export async function connectionTo(url: string): Promise<{ url: string; maxRetriesPerRequest: null }> {
  if (!/^(?:rediss?|valkeys?):\/\//.test(url))
    throw new VppError('usage', {
      place: '--redis',
      problem: `is ${JSON.stringify(shownUrl(url))}; must begin with redis:// or rediss://`,
      fix: 'for example redis://127.0.0.1:6379',
    })
  const address = url.replace(/^valkey/, 'redis')
  const { Redis } = await import('ioredis')
  const probe = new Redis(address, {
    lazyConnect: true,
    connectTimeout: 5000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  probe.on('error', () => {})
  try {
    await probe.connect()
    await probe.ping()
  } catch (cause) {
    throw new VppError(
      'failure',
      {
        place: shownUrl(url),
        problem: `cannot be used: ${(cause as Error).message}`,
        fix: 'start redis-server or valkey-server there, or correct --redis',
      },
      cause,
    )
  } finally {
    probe.disconnect()
  }
  return { url: address, maxRetriesPerRequest: null }
}
