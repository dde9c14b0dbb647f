// Plain JavaScript for any Node from 20: npm runs it before `npm start` and `npm test`, when nothing may be
// installed yet. Installs the packages of package-lock.json when they are missing or not the locked ones.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.vpp-lock-sha256')
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

const fail = (problem, fix) => {
  console.error(`setup  ${problem}; ${fix}`)
  process.exit(1)
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.error('setup  installing the packages of package-lock.json (once) …')
  const npm = process.env.npm_execpath
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  const done = spawnSync(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    // The lock was checked above; a production setting of the caller would leave the pinned Node out.
    env: { ...process.env, NODE_ENV: 'development' },
  })
  if (done.error) fail(`npm cannot be run (${done.error.message})`, 'install npm 9 or newer')
  if (done.status !== 0)
    fail(`npm ci ended with ${done.status}`, 'see its messages above; is the npm registry reachable?')
  writeFileSync(stamp, lock)
}

const node = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
if (!existsSync(node))
  fail('the pinned Node is not in node_modules/.bin', 'remove node_modules and run the command again')
