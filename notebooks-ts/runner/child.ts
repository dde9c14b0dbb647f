/**
 * Runs one notebook in a process of its own: `node child.ts NOTEBOOK`. What it shows, prints and fails with goes
 * to the parent as messages.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { setSink } from '../api/output.ts'
import { CELL_FUNCTION, instrumented } from './cells.ts'
import type { ChildMessage } from './host.ts'

const [, , file] = process.argv
const notebook = pathToFileURL(file).href
const workbench = new URL('../workbench.ts', import.meta.url).href
// The channel does not keep the process: it ends when the notebook has nothing more to do.
const send = (message: ChildMessage): void => {
  if (process.connected) process.send?.(message)
}

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vpp-workbench'
      ? { url: workbench, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
  load: (url, context, next) => {
    const loaded = next(url, context)
    return url === notebook ? { ...loaded, source: instrumented(readFileSync(file, 'utf8')) } : loaded
  },
})

setSink((output) => send({ kind: 'output', output }))
Object.assign(globalThis, { [CELL_FUNCTION]: (line: number) => send({ kind: 'cell', line }) })
process.stdout.write = (text: string | Uint8Array): boolean => {
  send({ kind: 'output', output: { kind: 'text', text: String(text).replace(/\n$/, '') } })
  return true
}

/** First line of the notebook that an error's stack names; 0: none. */
function lineOf(stack: string): number {
  const at = stack.indexOf(`${notebook}:`)
  return at < 0 ? 0 : Number.parseInt(stack.slice(at + notebook.length + 1), 10)
}

function fail(error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  send({ kind: 'error', message, line: error instanceof Error ? lineOf(error.stack ?? '') : 0 })
  process.exitCode = 1
}

process.on('uncaughtException', fail)
process.on('unhandledRejection', fail)
try {
  await import(notebook)
} catch (error) {
  fail(error)
}
