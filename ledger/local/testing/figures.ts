import { appendFileSync } from 'node:fs'

/** Every cut, every sector, every transaction its own commit: minutes, for `npm run suite:durable`. */
export const THOROUGH = process.env.VPP_THOROUGH !== undefined

/** Leaves a line of what was done for the suite to report; nothing where nobody asked for it. */
export function figure(what: string, count: string): void {
  const file = process.env.VPP_FIGURES
  if (file !== undefined) appendFileSync(file, `| ${what} | ${count} |\n`)
}
