/**
 * One line of CSV (RFC 4180). A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, tab or
 * return) gets an apostrophe in front; numbers are written as they are.
 */
export function csvLine(values: readonly (string | number)[]): string {
  return values
    .map((value) => {
      if (typeof value === 'number') return String(value)
      const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
    })
    .join(',')
}
