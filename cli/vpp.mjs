#!/usr/bin/env node
// Starts vpp with the Node that the project pins, whichever Node the user has (from 20 on).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const script = join(import.meta.dirname, 'vpp.ts')
if (Number(process.versions.node.split('.')[0]) >= 26) {
  process.argv[1] = script
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
