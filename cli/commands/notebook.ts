import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { CommandModule } from 'yargs'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { outputText } from '../../notebooks-ts/api/output.ts'
import { cellsOf } from '../../notebooks-ts/runner/cells.ts'
import { executeNotebook, notebookError } from '../../notebooks-ts/runner/host.ts'
import { notebookPage } from '../../notebooks-ts/runner/render.ts'
import { notebookPath, shippedNotebooks } from '../../notebooks-ts/runner/shipped.ts'
import { print, printJson, say, table } from '../output.ts'
import { interruptible } from '../sweep/options.ts'

interface NotebookArguments {
  action: 'list' | 'run' | 'render'
  file?: string
  out: string
  html?: string
  json: boolean
  quiet: boolean
}

/** `vpp notebook`: TypeScript in `// %%` cells, run to text or to a page. */
export const command: CommandModule<object, NotebookArguments> = {
  command: 'notebook <action> [file]',
  describe: 'run notebooks, or render them to HTML',
  builder: (yargs) =>
    yargs
      .positional('action', { choices: ['list', 'run', 'render'] as const, demandOption: true })
      .positional('file', { type: 'string', describe: 'notebook: a name that ships, or a .ts file' })
      .option('out', {
        type: 'string',
        default: 'runs',
        requiresArg: true,
        describe: 'folder for the results of its runs, and for pages',
      })
      .option('html', { type: 'string', requiresArg: true, describe: 'render: file to write' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: async (args) => {
    if (args.action === 'list') return list(args)
    if (args.file === undefined)
      throw new VppError('usage', {
        place: `vpp notebook ${args.action}`,
        problem: 'names no notebook',
        fix: `one of ${shippedNotebooks().join(', ')}, or a file`,
      })
    await execute(args.file, args)
  },
}

/** First heading of a notebook's text. */
const titleOf = (path: string): string =>
  cellsOf(readFileSync(path, 'utf8'))
    .flatMap(({ kind, body }) => (kind === 'text' ? (/^# (.*)$/m.exec(body)?.[1] ?? []) : []))
    .at(0) ?? ''

function list({ json }: NotebookArguments): void {
  const all = shippedNotebooks().map((name) => ({ name, title: titleOf(notebookPath(name)) }))
  if (json) printJson({ format: 1, notebooks: all })
  else
    print(
      table(
        all.map(({ name, title }) => [name, title]),
        [],
        80,
      ),
    )
}

async function execute(name: string, { action, out, html, json, quiet }: NotebookArguments): Promise<void> {
  const file = notebookPath(name)
  const { signal, end } = interruptible(() => {})
  const loud = action === 'run' && !json
  const notebook = await executeNotebook(file, {
    out,
    signal,
    onCell: ({ title }) => {
      if (title === '' || quiet) return
      if (loud) print(`\n## ${title}\n`)
      else say(title)
    },
    onOutput: (output) => {
      if (loud) print(outputText(output))
    },
  }).finally(end)
  let page: string | undefined
  if (action === 'render') {
    page = html ?? join(out, `${notebook.name}.html`)
    mkdirSync(dirname(resolve(page)), { recursive: true })
    writeFileSync(page, notebookPage(notebook))
  }
  if (json) printJson({ format: 1, ...notebook, ...(page === undefined ? {} : { page }) })
  else if (page !== undefined) print(page)
  if (signal.aborted) process.exitCode = EXIT_CODES.interrupted
  else {
    const error = notebookError(name, notebook)
    if (error !== null) throw error
  }
}
