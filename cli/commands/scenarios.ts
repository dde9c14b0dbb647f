import type { CommandModule } from 'yargs'
import { listGallery } from '../../scenarios/gallery.ts'
import { print, printJson, table } from '../output.ts'

/** `vpp scenarios`: what ships and can be run by name. */
export const command: CommandModule<object, { json: boolean; names: boolean }> = {
  command: 'scenarios',
  describe: 'list the gallery',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' })
      .option('names', { type: 'boolean', default: false, describe: 'print only the names' }) as never,
  handler: ({ json, names }) => {
    const gallery = listGallery()
    if (names) print(gallery.map(({ name }) => name).join('\n'))
    else if (json) printJson({ format: 1, scenarios: gallery })
    else {
      const rows = gallery.map(({ name, homes, days, title }) => [name, String(homes), String(days), title])
      print(table([['name', 'homes', 'days', 'title'], ...rows], [false, true, true, false], 80))
    }
  },
}
