import type { CommandModule } from 'yargs'
import { sizeHome } from '../../sim/sizing/size-home.ts'
import { print, printJson } from '../output.ts'
import { type SizeArguments, sizeOptions } from '../size/options.ts'
import { sizingRequest } from '../size/request.ts'
import { sizeText } from '../size/text.ts'
import { writePage } from '../write-page.ts'
import { renderSizing } from '../../reports/sizing/render.ts'

/** `vpp size`: how much solar a home should invest in. */
export const command: CommandModule<object, SizeArguments> = {
  command: 'size',
  describe: 'how much solar a home should invest in',
  builder: (yargs) => sizeOptions(yargs) as never,
  handler: (args) => {
    const today = Temporal.Now.plainDateISO('UTC').toString()
    const result = sizeHome(sizingRequest(args, commandLine(args.date ?? today), today))
    if (args.out !== undefined) writePage(args.out, renderSizing(result))
    if (args.json) printJson(args.out === undefined ? result : { ...result, page: args.out })
    else print(`${sizeText(result)}${args.out === undefined ? '' : `\n\npage  ${args.out}`}`)
  },
}

/** The command that gives the same again: the day is part of it, where it was not said. */
function commandLine(day: string): string {
  const words = process.argv.slice(2)
  const kept = words.filter((word, at) => {
    const before = words[at - 1]
    return !['--json', '--quiet', '--out'].includes(word) && before !== '--out' && !word.startsWith('--out=')
  })
  const quoted = kept.map((word) =>
    /^[\w./,:=@+-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`,
  )
  const dated = kept.some((word) => word === '--date' || word.startsWith('--date='))
  return ['vpp', ...quoted, ...(dated ? [] : ['--date', day])].join(' ')
}
