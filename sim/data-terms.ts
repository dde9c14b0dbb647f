import type { InputRecord } from '../data/profile.ts'

/** File of a run that holds series under ODbL: whom to name, and on what terms it may be passed on. */
export const TERMS_FILE = 'DATA-LICENCES.txt'

/** Text of that file; null when no input asks for it. */
export function dataTerms(inputs: readonly InputRecord[]): string | null {
  const shared = inputs.filter(({ shareAlike }) => shareAlike === true)
  if (shared.length === 0) return null
  return `${[
    'The series and results of this run are made from databases under the Open Database License (ODbL) 1.0,',
    'https://opendatacommons.org/licenses/odbl/1-0/. Files with series of this folder may be passed on under the same',
    'licence only, and must name:',
    '',
    ...shared.map(
      ({ name, attribution, licence, source }) =>
        `- ${name}: ${attribution ?? source} (${licence}; ${source})`,
    ),
  ].join('\n')}\n`
}
