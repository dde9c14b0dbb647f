import { markup } from '../html/markup.ts'
import { plainPage } from '../html/plain-page.ts'
import { sheet } from './sheet.ts'
import type { Statement } from './statement.ts'

/** A statement as a page of its own: one file, no script, one sheet when printed. */
export const renderStatement = (statement: Statement, rule: string): string =>
  plainPage(`${statement.label}, ${statement.monthName}`, markup`${sheet(statement, rule, 'h1')}`)
