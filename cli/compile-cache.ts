import { enableCompileCache } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Keeps what Node makes of our files (types stripped, compiled) in the user's cache from one start to the next, for threads and
 * child processes too: half of a small run's processor time. `NODE_COMPILE_CACHE` names another folder,
 * `NODE_DISABLE_COMPILE_CACHE=1` does without. A folder that cannot be written costs nothing but time.
 */
export function keepCompiled(): void {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  process.env.NODE_COMPILE_CACHE ??= join(cache, 'vpp-workbench', 'compiled')
  enableCompileCache(process.env.NODE_COMPILE_CACHE)
}
