import { expect, test } from 'vitest'
import { copyOfReferences } from './testing-copy.ts'

const BOOKS = 'golden-market/double_auction_own.json'
const SHAPLEY = 'golden-market/shapley_own3.json'
const { edit, validate, failed, problems } = copyOfReferences(['golden-market', 'homes-fontana-2016'])

const change = (name: string, to: (json: Record<string, never>) => void) =>
  edit(name, (text) => {
    const json = JSON.parse(text) as Record<string, never>
    to(json)
    return JSON.stringify(json)
  })

test('any number of books and homes is found', () => {
  expect(validate()).toMatchObject({ passed: true, references: 2 })
})

test.each([
  ['volume_max', 'traded volume, 24 order books'],
  ['welfare', 'welfare, 24 order books'],
])('one book whose %s is off by a watt-hour fails its check alone', (key, check) => {
  change(BOOKS, ({ cases }) => {
    const { expected } = (cases as { expected: Record<string, number> }[])[7]
    expected[key] += 0.001
  })
  expect(failed()).toEqual([`${BOOKS}: ${check}`])
})

test('a price interval that leaves ours out fails', () => {
  change(BOOKS, ({ cases }) => {
    for (const { expected } of cases as { expected: Record<string, number> }[]) expected.price_high = -1
  })
  expect(failed()).toEqual([`${BOOKS}: price outside the interval`])
})

test('a book with finer digits than a ledger’s is held in its own', () => {
  change(BOOKS, (json) => {
    json.cases = [
      {
        bids: [['b0', 0.3, 1.00000005]],
        asks: [['s0', 0.1, 2]],
        expected: { volume: 1.00000005, welfare: 0.20000001, price_low: 0.1, price_high: 0.1 },
      },
    ] as never
  })
  expect(failed()).toEqual([])
})

test.each([
  [SHAPLEY, (text: string) => text.replace('*0.05', '*export'), 'names no export price'],
  [SHAPLEY, (text: string) => text.replace('48]', '49]'), 'the homes have 48 rows'],
  [BOOKS, (text: string) => text.replace('"welfare"', '"good"'), 'welfare'],
])('malformed %s is told (%#)', (name, edited, words) => {
  edit(name, edited)
  expect(problems().join('\n')).toContain(words)
})
