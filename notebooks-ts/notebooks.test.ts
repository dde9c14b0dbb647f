import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { down } from '../ledger/fabric/network/state.ts'
import { describeWithFabric } from '../ledger/fabric/testing/network.ts'
import { temporaryFolder } from '../sim/testing.ts'
import { API_FILE, apiText } from './document.ts'
import { cellsOf, instrumented } from './runner/cells.ts'
import { type ExecutedNotebook, executeNotebook, notebookError } from './runner/host.ts'
import { markdown } from './runner/markdown.ts'
import { notebookPage } from './runner/render.ts'
import { notebookPath, shippedNotebooks } from './runner/shipped.ts'

const out = temporaryFolder()
const execute = (name: string, source: string) => {
  const file = join(out, name)
  writeFileSync(file, source)
  return executeNotebook(file, { out })
}

describe('notebooks that ship', () => {
  test('are those that a researcher starts from', () => {
    expect(shippedNotebooks().length).toBeGreaterThanOrEqual(6)
  })

  const ofFabric = (name: string) => name.includes('fabric')
  test.each(shippedNotebooks().filter((name) => !ofFabric(name)))(
    '%s runs to its end and renders with a picture',
    async (name) => void (await runsAndRenders(name)),
  )

  describeWithFabric('on a network', () => {
    afterAll(() => down(join(out, 'fabric'), true).catch(() => {}), 60_000)
    test.each(shippedNotebooks().filter(ofFabric))(
      '%s runs to its end and renders with a picture',
      { timeout: 900_000 },
      async (name) => {
        const notebook = await runsAndRenders(name)
        const output = notebook.cells.flatMap(({ outputs }) => outputs)
        const states = output.flatMap((one) =>
          one.kind === 'table' && one.columns.includes('state') ? one.rows.map((row) => row.at(-1)) : [],
        )
        expect(states).toHaveLength(2)
        expect(states[0]).toMatch(/^[0-9a-f]{64}$/)
        expect(states[1]).toBe(states[0])
      },
    )
  })

  async function runsAndRenders(name: string): Promise<ExecutedNotebook> {
    const notebook = await executeNotebook(notebookPath(name), { out })
    expect(notebook.error).toBe(null)
    const page = notebookPage(notebook)
    expect(page).toMatch(/<figure id="output-/)
    expect(page).toMatch(/<h1>/)
    expect(page).not.toMatch(/NaN|undefined|\[object/)
    // Nothing is loaded, and every cell of code is there.
    expect(page).not.toMatch(/<script|src="http/)
    const code = notebook.cells.filter(({ kind }) => kind === 'code')
    expect(page.match(/<summary>Code<\/summary>/g)).toHaveLength(code.length)
    return notebook
  }
})

describe('cells', () => {
  const source = `const before = 1
// %% [markdown]
// # Title
//
// Some text
// %% First
import { join } from 'node:path'
console.log(join('a', 'b'), before)
// %%
throw new Error('no')
`
  test('code, text, titles and lines', () => {
    expect(cellsOf(source)).toEqual([
      { kind: 'code', title: '', line: 1, body: 'const before = 1' },
      { kind: 'text', title: '', line: 2, body: '# Title\n\nSome text' },
      {
        kind: 'code',
        title: 'First',
        line: 6,
        body: "import { join } from 'node:path'\nconsole.log(join('a', 'b'), before)",
      },
      { kind: 'code', title: '', line: 9, body: "throw new Error('no')" },
    ])
  })

  test('what is run keeps every line in its place', () => {
    const lines = instrumented(source).split('\n')
    expect(lines).toHaveLength(source.split('\n').length)
    expect(lines[9]).toBe("throw new Error('no')")
  })

  test('outputs go to their cells; an error names cell and line, and what came before is there', async () => {
    const notebook = await execute('fails.ts', source)
    expect(notebook.cells[2].outputs).toEqual([{ kind: 'text', text: 'a/b 1' }])
    expect(notebook.error).toEqual({ message: 'Error: no', cell: 3, line: 10 })
    expect(notebookError('fails.ts', notebook)?.message).toBe('fails.ts:10  cell 4  Error: no')
    expect(notebookPage(notebook)).toContain('line 10: Error: no')
  })
})

describe('what a notebook can do wrong', () => {
  test.each([
    [
      'fails in a function of a cell, after an await',
      '// %% A\nconst later = async () => {\n  await null\n  null!.x\n}\n// %% B\nawait later()\n',
      { cell: 0, line: 4 },
    ],
    ['is no TypeScript', '// %% A\nconst a: number = 1\n// %% B\nconst = 2\n', {}],
    ['leaves with a code', '// %% A\nconst a = 1\n// %% B\nprocess.exit(3)\n', { cell: 1, line: 3 }],
    [
      'kills itself',
      '// %% A\nprocess.kill(process.pid, "SIGKILL")\nawait new Promise(() => {})\n',
      { cell: 0 },
    ],
    ['imports what is not there', "// %% A\nimport { nothing } from 'vpp-workbench'\nnothing()\n", {}],
    [
      'gives a scenario that is wrong',
      "// %% A\nimport { run } from 'vpp-workbench'\n// %% B\nawait run('one-home', { set: { 'period.days': 0 } })\n",
      { cell: 1, line: 4 },
    ],
    ['rejects where nobody waits', "// %% A\nvoid Promise.reject(new Error('lost'))\n", { cell: 0, line: 2 }],
  ])('%s', async (name, source, place) => {
    const { error } = await execute(`${name.replaceAll(/\W/g, '-')}.ts`, source)
    expect(error).toMatchObject(place)
    expect(error?.message.length).toBeGreaterThan(3)
  })

  test('one that is not there, or has no code, is refused', async () => {
    await expect(executeNotebook(join(out, 'none.ts'), { out })).rejects.toThrow(/is not there/)
    await expect(execute('text.ts', '// %% [markdown]\n// text\n')).rejects.toThrow(/has no code/)
  })
})

test('text is rendered and escaped', () => {
  expect(markdown('# A <b>\n\nx `<y>` **z** [l](https://a.b)\n\n- one\n  more\n- two').html).toBe(
    '<h1>A &lt;b&gt;</h1>\n<p>x <code>&lt;y&gt;</code> <strong>z</strong> <a href="https://a.b">l</a></p>\n<ul><li>one more</li><li>two</li></ul>\n',
  )
  expect(markdown('[x](javascript:alert)').html).not.toContain('href')
})

test('API.md is made from the source', () => {
  expect(readFileSync(API_FILE, 'utf8')).toBe(apiText())
})
