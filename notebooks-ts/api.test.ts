import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { query, plot, run, series, show, sweep } from 'vpp-workbench'
import { temporaryFolder } from '../sim/testing.ts'
import { outputOf, outputText } from './api/output.ts'

const out = temporaryFolder()

describe('the public API', () => {
  test('a run’s figures, series and SQL say the same', async () => {
    const one = await run('one-home', { out, set: { 'period.days': 1 } })
    const rows = await series(one, 'homes', { columns: ['home', 'load_kwh'] })
    const load = rows.reduce((sum, row) => sum + Number(row.load_kwh), 0)
    expect(load).toBeCloseTo(one.kpi.load ?? 0, 9)
    const [found] = await query('select sum(load_kwh)::double as load, count(*) as n from a_homes', {
      a: one,
    })
    expect(found.load).toBeCloseTo(load, 9)
    expect(found.n).toBe(288)
    expect(Object.keys(await run('one-home', { out, set: { 'period.days': 1 } }))).toContain('kpis')
  })

  test('a sweep’s table is what its rows say', async () => {
    const study = await sweep(
      {
        scenario: 'one-home',
        set: { 'period.days': 1 },
        parameters: [{ path: 'seed', values: [1, 2] }],
      },
      { out },
    )
    const rows = await query('select seed, "self-sufficiency" as s from study order by index', { study })
    expect(rows).toEqual(study.rows.map(({ seed, kpi }) => ({ seed, s: kpi['self-sufficiency'] })))
  })

  test('mistakes are told', async () => {
    await expect(query('selec 1')).rejects.toThrow(/syntax error/i)
    await expect(query('select 1', { 'a-b': 'x.parquet' })).rejects.toThrow(/no name of a table/)
    await expect(sweep({ scenario: 'one-home', design: 'cube' as never }, { out })).rejects.toThrow(
      /design is "cube"/,
    )
    await expect(run('one-home', { out, set: { 'period.day': 1 } })).rejects.toThrow(
      /did you mean period.days/,
    )
    expect(() => plot({ title: 't', x: [1], yLabel: 'y', series: [{ label: 'a', values: [1, 2] }] })).toThrow(
      /a has 2 values, the axis 1/,
    )
    const csv = join(out, 'it’s.csv')
    writeFileSync(csv, 'a\n1\n')
    expect(await query('select a from t', { t: csv })).toEqual([{ a: 1 }])
  })

  test('values become text, tables and pictures', () => {
    expect(
      outputText(
        outputOf([
          { a: 1, b: 'x' },
          { a: null, b: 'yy' },
        ]),
      ),
    ).toBe('a  b\n1  x\n–  yy')
    expect(outputOf({ a: 1 })).toEqual({ kind: 'text', text: '{ a: 1 }' })
    const picture = plot({
      title: 'Up',
      kind: 'bars',
      x: ['a', 'b'],
      yLabel: 'y',
      series: [{ label: 's', values: [1, null] }],
    })
    expect(outputText(outputOf(picture))).toBe('[picture: Up]')
    expect(picture.picture.wide).toMatch(/^<svg/)
    expect(picture.picture.wide.match(/class="bar grid"/g)).toHaveLength(2)
    expect(show).toBeTypeOf('function')
  })
})
