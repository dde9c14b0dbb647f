#!/usr/bin/env node
// Starts vpp with the Node that the project pins, whichever Node the user has (from 20 on).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const script = join(import.meta.dirname, 'vpp.ts')
// What Node makes of our files (types stripped, compiled) is kept from one start to the next, for threads and child processes
// too: half of a small run's time. NODE_COMPILE_CACHE names another folder, NODE_DISABLE_COMPILE_CACHE=1 does without; a
// folder that cannot be written costs nothing but that time.
const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
process.env.NODE_COMPILE_CACHE ??= join(cache, 'vpp-workbench', 'compiled')
if (Number(process.versions.node.split('.')[0]) >= 26) {
  process.argv[1] = script
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
  await import('./vpp.ts')
} else {
  const node = [join(root, 'node_modules/node/bin/node'), join(root, 'node_modules/.bin/node')].find((path) =>
    existsSync(path),
  )
  if (node === undefined) {
    console.error('vpp  the pinned Node 26 is not installed; run `npm ci` in the project, or use `npm start`')
    process.exit(1)
  }
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 130))
}
