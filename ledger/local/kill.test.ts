import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { figure, THOROUGH } from './testing/figures.ts'
import { killUnderLoad } from './testing/kill.ts'
import { Reference } from './testing/reopen.ts'

const KILLS = THOROUGH ? 1000 : 200
const LANES = 4

const dir = mkdtempSync(join(tmpdir(), 'vpp-kill-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('kill -9 under load', () => {
  test(`${KILLS} kills lose nothing that was acknowledged`, { timeout: 1_800_000 }, async () => {
    const reference = await Reference.open()
    const results = await Promise.all(
      Array.from({ length: LANES }, (_, lane) =>
        killUnderLoad(KILLS / LANES, join(dir, `${lane}.sqlite`), reference, lane),
      ),
    )
    const sum = (of: 'kills' | 'whileOpening' | 'acknowledged' | 'notTold') =>
      results.reduce((total, result) => total + result[of], 0)
    expect(sum('kills')).toBe(KILLS)
    // The load was real: most kills hit a ledger that was writing.
    expect(sum('whileOpening')).toBeLessThan(KILLS / 2)
    expect(sum('acknowledged')).toBeGreaterThan(KILLS)
    figure(
      '`kill -9` under load',
      `${KILLS} kills, ${sum('whileOpening')} of them while the ledger was opened, ` +
        `${sum('acknowledged')} transactions acknowledged, 0 lost, ${sum('notTold')} found beyond`,
    )
  })
})
