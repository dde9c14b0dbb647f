import { closeSync, openSync, writeSync } from 'node:fs'
import { type ExportFormat, exportLedger } from '../../ledger/audit/reading/export.ts'
import { print } from '../output.ts'
import type { Journal } from './journals.ts'

const BUFFER_CHARACTERS = 1 << 16

/** `vpp ledger export`: a ledger's lots or events, to a file or to standard output. */
export function exportTo(
  journal: Journal,
  format: ExportFormat,
  what: 'lots' | 'events',
  file: string | undefined,
): void {
  const to = file === undefined ? null : openSync(file, 'w')
  let lines = 0
  let buffer = ''
  const flush = (): void => {
    if (to === null) process.stdout.write(buffer)
    else writeSync(to, buffer)
    buffer = ''
  }
  try {
    exportLedger(journal.path, format, what, (line) => {
      lines++
      buffer += `${line}\n`
      if (buffer.length > BUFFER_CHARACTERS) flush()
    })
    flush()
  } finally {
    if (to !== null) closeSync(to)
  }
  if (file !== undefined) print(`${file}  ${lines} lines`)
}
