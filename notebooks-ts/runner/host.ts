import { fork } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { VppError } from '../../data/errors.ts'
import type { Output } from '../api/output.ts'
import { cellsOf, type NotebookCell } from './cells.ts'

/** What the notebook's process tells. */
export type ChildMessage =
  | { readonly kind: 'cell'; readonly line: number }
  | { readonly kind: 'output'; readonly output: Output }
  | { readonly kind: 'error'; readonly message: string; readonly line: number }

/** A cell with what it showed. */
export interface ExecutedCell extends NotebookCell {
  readonly outputs: readonly Output[]
}

export interface ExecutedNotebook {
  readonly name: string
  readonly cells: readonly ExecutedCell[]
  /** What ended it early; null: it ran to its end. */
  readonly error: { readonly message: string; readonly cell: number; readonly line: number } | null
}

export interface ExecuteOptions {
  /** Folder for the results of its runs. */
  readonly out: string
  /** Called as cells begin and show something. */
  readonly onCell?: (cell: NotebookCell) => void
  readonly onOutput?: (output: Output) => void
  readonly signal?: AbortSignal
}

/**
 * Runs a notebook in a process of its own.
 * @throws VppError('invalid') when it is not there or has no cells
 */
export async function executeNotebook(file: string, options: ExecuteOptions): Promise<ExecutedNotebook> {
  const path = resolve(file)
  const refuse = (problem: string, fix: string) => new VppError('invalid', { place: file, problem, fix })
  if (!existsSync(path)) throw refuse('is not there', '`vpp notebook list` names those that ship')
  const cells = cellsOf(readFileSync(path, 'utf8'))
  if (!cells.some(({ kind }) => kind === 'code')) throw refuse('has no code', 'begin a cell with // %%')
  const outputs = cells.map((): Output[] => [])
  // What comes before the first marker is the first cell.
  let current = 0
  let error: ExecutedNotebook['error'] = null
  const cellAt = (line: number) =>
    Math.max(
      0,
      cells.findLastIndex((cell) => cell.line <= line),
    )
  const child = fork(join(import.meta.dirname, 'child.ts'), [path], {
    env: { ...process.env, VPP_OUT: resolve(options.out) },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const stop = () => child.kill('SIGTERM')
  options.signal?.addEventListener('abort', stop)
  child.on('message', (message: ChildMessage) => {
    if (message.kind === 'cell') {
      current = cellAt(message.line)
      options.onCell?.(cells[current])
    } else if (message.kind === 'output') {
      outputs[current].push(message.output)
      options.onOutput?.(message.output)
    } else {
      const line = message.line === 0 ? cells[current].line : message.line
      error ??= { message: message.message, cell: cellAt(line), line }
    }
  })
  const ended = await new Promise<string | number>((done) => {
    child.once('close', (code, signal) => done(signal ?? code ?? 1))
  })
  options.signal?.removeEventListener('abort', stop)
  if (error === null && ended !== 0)
    error = {
      message: `the process ended with ${ended}`,
      cell: current,
      line: cells[current].line,
    }
  return {
    name: basename(path).replace(/\.m?[jt]s$/, ''),
    cells: cells.map((cell, at) => ({ ...cell, outputs: outputs[at] })),
    error,
  }
}

/** How an error is told: `first-run.ts:12  cell 3 (Plot)  ReferenceError: …`. */
export function notebookError(file: string, { cells, error }: ExecutedNotebook): VppError | null {
  if (error === null) return null
  const { title } = cells[error.cell]
  const place = `${file}:${error.line}  cell ${error.cell + 1}${title === '' ? '' : ` (${title})`}`
  return new VppError('failure', { place, problem: error.message, fix: '' })
}
