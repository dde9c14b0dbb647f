import { withTokens } from '../../data/run-files.ts'
import { markup, named } from '../html/markup.ts'
import { table } from '../html/table.ts'
import { keptTokens } from '../kpi/tokens.ts'
import { centsExact, whole } from '../number-format.ts'
import type { Section } from './section.ts'

export const ledger: Section = {
  id: 'ledger',
  title: 'Ledger',
  applies: keptTokens,
  render: ({ input }) => {
    const { runId } = input.results
    const communities = withTokens(input.results.communities)
    return markup`<p>Every mint, trade, burn and payment is one operation in a block; blocks are chained by SHA-256. The state hash covers all living lots, totals and balances: two ledgers that agree have the same one. To derive every balance and the head again from the journal alone:</p>
<pre tabindex="0"><code>vpp ledger verify runs/${runId}</code></pre>
${table(
  [
    { label: 'Community' },
    { label: 'Blocks', number: true },
    { label: 'Transactions', number: true },
    { label: 'Operations', number: true },
    { label: 'Sum of balances', unit: 'USD', number: true },
    { label: 'Opening balances', unit: 'USD', number: true },
  ],
  communities.map(({ label, ledger: book }) => [
    named(label),
    whole(book.blocks),
    whole(book.transactions),
    whole(book.operations),
    centsExact(book.balancesMicroUsd),
    centsExact(book.openingMicroUsd),
  ]),
  { caption: 'Totals', id: 'ledger-totals' },
)}
${table(
  [{ label: 'Community' }, { label: 'Head (hash of the last block)' }, { label: 'State hash' }],
  communities.map(({ label, ledger: book }) => [
    named(label),
    markup`<code>${book.head}</code>`,
    markup`<code>${book.stateHash}</code>`,
  ]),
  { caption: 'Hashes', id: 'ledger-hashes' },
)}`
  },
}
