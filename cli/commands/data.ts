import { dirname } from 'node:path'
import type { Argv, CommandModule } from 'yargs'
import { auditProfiles } from '../../data/audit.ts'
import { VppError } from '../../data/errors.ts'
import {
  FONTANA,
  FONTANA_HOMES,
  FONTANA_LICENCE,
  FONTANA_SERIES,
  FONTANA_SOURCE,
  FONTANA_ZONE,
} from '../../data/fontana.ts'
import { loadProfile } from '../../data/profile.ts'
import type { AuditFinding } from '../../data/run-files.ts'
import { loadScenario } from '../../scenarios/load.ts'
import { prepare } from '../../sim/prepare.ts'
import { print, printJson, table } from '../output.ts'

/** Everything that ships, by the names that a scenario uses. */
function list(json: boolean): void {
  const members = [...FONTANA_HOMES.map(String), ...FONTANA_SERIES].map((member) => ({
    name: `${FONTANA}/${member}`,
    what: /^\d/.test(member) ? 'home: load and solar, hourly' : `${member}, hourly`,
    source: FONTANA_SOURCE,
    licence: FONTANA_LICENCE,
  }))
  if (json) return printJson({ format: 1, data: members })
  print(`${FONTANA}: ${FONTANA_SOURCE} (${FONTANA_LICENCE})`)
  print('twelve measured homes in Fontana, California, 2016-08-01 to 2017-07-31')
  print(table(members.map(({ name, what }) => [`  ${name}`, what])))
}

/** Findings for a scenario's homes, or for one embedded home. */
function findings(subject: string): AuditFinding[] {
  if (FONTANA_HOMES.some((home) => subject === `${FONTANA}/${home}`)) {
    const load = loadProfile({ profile: subject }, 'load', '.')
    const solar = loadProfile({ profile: subject }, 'solar', '.')
    return auditProfiles(new Map([[subject, { load, solar }]]), FONTANA_ZONE)
  }
  const { scenario, path } = loadScenario(subject)
  return auditProfiles(prepare(scenario, dirname(path)).profiles, scenario.timeZone)
}

/** Text in lines of at most 76 characters, indented. */
function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    if (lines[lines.length - 1].length + word.length > 74) lines.push('')
    lines[lines.length - 1] += ` ${word}`
  }
  return lines.map((line) => `   ${line}`).join('\n')
}

/** `vpp data`: what ships, and what is wrong in it. */
export const command: CommandModule<object, { action: 'list' | 'audit'; subject?: string; json: boolean }> = {
  command: 'data <action> [subject]',
  describe: 'data sets, and what is wrong in them',
  builder: (yargs: Argv) =>
    yargs
      .positional('action', { choices: ['list', 'audit'] as const, demandOption: true })
      .positional('subject', { type: 'string', describe: 'audit: scenario, or home like fontana-2016/7' })
      .option('json', { type: 'boolean', default: false, describe: 'print one JSON object' }) as never,
  handler: ({ action, subject, json }) => {
    if (action === 'list') return list(json)
    if (subject === undefined) {
      throw new VppError('usage', {
        place: 'vpp data audit',
        problem: 'nothing is named',
        fix: 'vpp data audit first-neighborhood',
      })
    }
    const found = findings(subject)
    if (json) return printJson({ format: 1, subject, findings: found })
    for (const { homeId, check, severity, finding, action: done } of found) {
      print(`${severity.toUpperCase()}  ${homeId}  ${check}\n${wrapped(finding)}\n${wrapped(`→ ${done}`)}`)
    }
    print(`${found.length} findings`)
  },
}
