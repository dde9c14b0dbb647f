import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { computeKpis } from './kpi/compute.ts'
import { renderReport } from './render.ts'
import { SECTIONS } from './sections/registry.ts'
import { verdict } from './sections/verdict-text.ts'
import { sampleRun, type SampleOptions } from './testing/sample-run.ts'

const kpi = (options: SampleOptions, id: string) =>
  sampleRun(options).kpis.kpis.find((entry) => entry.id === id)?.value
const said = (options: SampleOptions) => {
  const { answer, lead, sentences } = verdict(sampleRun(options))
  return { answer, text: `${lead}${sentences.join(' ')}`.replaceAll('\u00a0', ' ') }
}

describe('the verdict', () => {
  test('trading with cheap exports: who gains and that the utility loses it', () => {
    const { answer, text } = said({ homes: 6 })
    // Beside net metering the same homes have less: that is said with it.
    expect(answer).toBe('for some')
    expect(text).toMatch(
      /^Yes under this tariff, no against today’s rules: with exports earning .* ¢ a kWh .* of 6 homes better off/,
    )
    expect(text).toMatch(
      /Under today’s rules, with net metering and no trading, \d of 6 homes would have more\./,
    )
    expect(text).toMatch(/the utility loses: \$[\d.]+ a month of its revenue becomes \$[\d.]+ for the homes/)
  })

  test('net metering: no, with what a traded kWh would lose and when it would begin to pay', () => {
    const { answer, text } = said({ tariff: 'net-metering' })
    expect(answer).toBe('no')
    expect(text).toMatch(/every traded kWh would lose the pair [\d.]+ ¢/)
  })

  test('credits that were assigned are an answer of their own: no energy was sold, yet money moved', () => {
    const run = sampleRun({ tariff: 'net-metering' })
    const [{ market }] = run.results.communities
    market.credits = { hostMonths: 12, assigningMonths: 9, assignedMicroUsd: 840_000_000, whyNothing: '' }
    const creditAllocation = { priceFraction: 0.8, hostWorthFraction: 0 }
    const scenario = { ...run.scenario, market: { ...run.scenario.market, creditAllocation } }
    const { lead, sentences } = verdict({ ...run, scenario })
    expect(lead).toBe('Yes by credits, not by selling energy')
    const text = sentences.join(' ').replaceAll('\u00a0', ' ')
    expect(text).toMatch(/in 9 of 12 months .* \$840 of it went .* lose the pair at least [\d.]+ ¢/)
    expect(text).toContain('less than the 80 ¢')
    market.credits.assignedMicroUsd = 0
    expect(verdict({ ...run, scenario }).answer).toBe('no')
  })

  test('is not asked of one home, or where there is no market', () => {
    expect(said({ homes: 1, consumers: 0 })).toMatchObject({ answer: 'not asked' })
    expect(said({ mechanism: 'none' })).toMatchObject({ answer: 'not asked' })
  })

  test('a few days are not scaled to a year', () => {
    const short = { homes: 1, consumers: 0, days: 3 }
    expect(said(short).text).toMatch(/In 3 days the battery (?:saves|costs) \$[\d.]+; .* not verifiable/)
    expect(kpi(short, 'battery-saving')).toBeNull()
    expect(kpi(short, 'battery-payback')).toBeNull()
    expect(kpi({ homes: 1, consumers: 0 }, 'battery-payback')).toBeGreaterThan(0)
  })
})

describe('the report of any run', () => {
  const options = fc.record({
    homes: fc.integer({ min: 1, max: 14 }),
    communities: fc.integer({ min: 1, max: 2 }),
    days: fc.constantFrom(1, 2, 31, 365),
    tariff: fc.constantFrom('peer' as const, 'net-metering' as const),
    mechanism: fc.constantFrom('mid-market' as const, 'none' as const),
    batteries: fc.boolean(),
    complete: fc.boolean(),
  })

  test('has every section, no slip of a number, and says when it is partial', () => {
    fc.assert(
      fc.property(options, (given) => {
        const html = renderReport(sampleRun(given))
        for (const { id } of SECTIONS) expect(html).toContain(`id="${id}"`)
        const text = html.replaceAll(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
        expect(text).not.toMatch(/NaN|undefined|Infinity|\[object|(?<!\w)null(?!\w)/)
        expect(text.includes('PARTIAL RUN')).toBe(!given.complete)
      }),
      { numRuns: 25, seed: 1 },
    )
  })

  test('without tokens says so, shows nothing of them, and leads nowhere that is not there', () => {
    fc.assert(
      fc.property(options, (given) => {
        const run = sampleRun(given)
        const communities = run.results.communities.map(
          ({ tgen: _1, tstorage: _2, shadow: _3, batteries: _4, story: _5, ledger: _6, ...rest }) => rest,
        )
        const results = { ...run.results, communities }
        const scenario = { ...run.scenario, ledger: { ...run.scenario.ledger, tokens: false } }
        const kpis = computeKpis(results, scenario)
        const html = renderReport({ ...run, results, scenario, kpis })
        const text = html.replaceAll(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]+>/g, ' ')
        expect(text).toContain('Tokens were off in this run')
        expect(text).not.toMatch(
          /NaN|undefined|Infinity|\[object|over-burned|Tgen|Tstorage|ledger operations/,
        )
        for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${target}"`)
        const ids = new Set<string>(kpis.kpis.map(({ id }) => id))
        const all = run.kpis.kpis.map(({ id }) => id)
        expect(all.filter((id) => !ids.has(id))).toEqual([
          'paid-once-residual',
          'tgen-minted',
          'tstorage-minted',
          'storage-loss-burned',
          'burn-error',
          'over-burned',
          'unbacked',
          'unclaimed-share',
          'token-residual',
          'ledger-operations',
          'ledger-money-residual',
        ])
        for (const entry of kpis.kpis) expect(run.kpis.kpis).toContainEqual(entry)
      }),
      { numRuns: 12, seed: 3 },
    )
  })

  test('names every home that loses against a set of rules, and its months', () => {
    const run = sampleRun({ homes: 6 })
    const html = renderReport(run)
    const [today] = run.kpis.ruleBaselines
    expect(today.losers.length).toBeGreaterThan(1)
    const line = /<p class="losers">[\s\S]*?<\/p>/.exec(html)?.[0] ?? ''
    for (const label of today.losers) expect(line).toContain(label)
    for (const home of today.homes)
      expect(home.byMonthUsd).toHaveLength(run.results.communities[0].homes[0].months.length)
    expect(html).toContain('id="rules-transfers"')
  })

  test('keeps what must be zero at zero', () => {
    fc.assert(
      fc.property(options, (given) => {
        for (const id of [
          'energy-residual',
          'token-residual',
          'transfers-residual',
          'rules-residual',
          'ledger-money-residual',
        ])
          expect(Math.abs(kpi(given, id) ?? 0), id).toBe(0)
      }),
      { numRuns: 15, seed: 2 },
    )
  })
})
