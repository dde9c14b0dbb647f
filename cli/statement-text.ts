import type { Statement } from '../reports/statement/statement.ts'
import {
  chargeText,
  coverText,
  energyText,
  outcomeText,
  savedText,
  signedDollars,
} from '../reports/statement/words.ts'
import { wordWrap } from '../scenarios/word-wrap.ts'
import { table } from './output.ts'

const WIDTH = 78

const wrapped = (text: string): string =>
  wordWrap(text, WIDTH)
    .map((line) => `  ${line}`)
    .join('\n')

/** A label is any text: one line of the terminal. */
const short = (label: string): string => {
  // oxlint-disable-next-line no-control-regex
  const plain = label.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ')
  return plain.length > 44 ? `${plain.slice(0, 43)}…` : plain
}

const sides = ({ utility, neighbors }: { utility: number; neighbors: number }, preposition: string): string =>
  `${preposition} the utility ${energyText(utility)}, ${preposition} neighbors ${energyText(neighbors)}`

/** A statement for a terminal of 80 columns. */
export function statementText(statement: Statement, rule: string): string {
  const { usedMilliWh, madeMilliWh, boughtMilliWh, soldMilliWh, lines, comparisons, netCents } = statement
  const part = coverText(statement)
  const saved = comparisons[0].savedCents
  return [
    `${short(statement.label)}, ${statement.monthName}${part === '' ? '' : ` (${part})`}`,
    '',
    wrapped(`${chargeText(statement)}. ${outcomeText(statement)}`),
    '',
    table([
      ['  Used', energyText(usedMilliWh)],
      ['  Made', energyText(madeMilliWh)],
      ['  Bought', energyText(boughtMilliWh.utility + boughtMilliWh.neighbors), sides(boughtMilliWh, 'from')],
      ['  Sold', energyText(soldMilliWh.utility + soldMilliWh.neighbors), sides(soldMilliWh, 'to')],
      [saved < 0 ? '  Lost' : '  Saved', signedDollars(Math.abs(saved)), 'against today’s rules'],
    ]),
    '',
    table(
      [
        ...lines.map(({ label, cents }) => [`  ${label}`, signedDollars(cents)]),
        [netCents < 0 ? '  You get' : '  You pay', signedDollars(netCents).replace('−', '')],
      ],
      [false, true],
    ),
    '',
    table(
      [
        ['  The same month under', 'you would pay', 'you pay now'],
        ...comparisons.map(({ label, netCents: net, savedCents }) => [
          `  ${label}`,
          signedDollars(net),
          savedText(savedCents),
        ]),
      ],
      [false, true, true],
    ),
    '',
    wrapped(
      `Today’s rules: the same prices, ${rule}. What panels and battery cost is not in it.`.replaceAll(
        '\u00a0',
        ' ',
      ),
    ),
  ].join('\n')
}
