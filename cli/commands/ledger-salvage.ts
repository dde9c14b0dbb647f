import type { CommandModule } from 'yargs'
import { salvage } from '../../ledger/local/salvage.ts'
import { print, printJson } from '../output.ts'

/** `vpp ledger-salvage`: a sound ledger from a damaged file, which stays beside it. */
export const command: CommandModule<object, { file: string; json: boolean }> = {
  command: 'ledger-salvage <file>',
  describe: "recover a damaged durable ledger's sound blocks",
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: '.sqlite file of a durable ledger',
      })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: ({ file, json }) => {
    const { blocks, transactions, head, keptAs, leftBehind } = salvage(file)
    if (json) return printJson({ format: 1, file, blocks, transactions, head, keptAs, leftBehind })
    print(keptAs === null ? `${file} opens as it is; nothing was done` : `${file} holds the sound blocks now`)
    print(`  ${blocks} blocks, ${transactions} transactions\n  head   ${head}`)
    if (leftBehind !== null) {
      print(`  of blocks ${leftBehind[0]} to ${leftBehind[1]} something was found, but they cannot follow`)
    }
    if (keptAs !== null) print(`  the damaged file is ${keptAs}`)
  },
}
