import { existsSync, statfsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { readConnection } from '../../ledger/fabric/client/connection.ts'
import { contractVersions } from '../../ledger/fabric/client/versions.ts'
import { findBinaries, goVersion, WAYS } from '../../ledger/fabric/network/binaries.ts'
import { readPlan } from '../../ledger/fabric/network/plan.ts'
import { status } from '../../ledger/fabric/network/state.ts'
import { print, printJson, table } from '../output.ts'

interface Finding {
  readonly ok: boolean
  readonly what: string
  readonly found: string
  readonly fix: string
}

/** A folder of that name, or the nearest one above it that exists. */
const existing = (path: string): string => (existsSync(path) ? path : existing(dirname(path)))

/** `vpp fabric doctor`: can a network be had here, and is the one that is here well? */
export async function examine(dir: string, binaries: string | undefined, json: boolean): Promise<void> {
  const findings: Finding[] = []
  const add = (what: string, found: string, fix: string) =>
    findings.push({ ok: found !== '', what, found, fix })
  const there = findBinaries(binaries)
  const go = goVersion()
  const how = { option: 'named', path: 'on PATH', built: 'built before' }
  add(
    'Fabric’s programs',
    there === null ? (go === '' ? '' : `to be built with ${go}`) : `${there.dir} (${how[there.source]})`,
    WAYS,
  )
  const disk = statfsSync(existing(resolve(dir)))
  const freeGb = (disk.bavail * disk.bsize) / 1e9
  add('disk space', freeGb > 2 ? `${freeGb.toFixed(0)} GB free` : '', 'free 2 GB: a cold build takes 1.3 GB')
  if (readPlan(resolve(dir)) === null) add('network', `none in ${dir} yet`, 'start one with `vpp fabric up`')
  else {
    const { services } = await status(dir)
    for (const { name, process, answers } of services) {
      add(
        name,
        answers && process !== null ? `runs as ${process.pid}` : '',
        'run `vpp fabric up`; see `vpp fabric logs`',
      )
    }
    try {
      const versions = await contractVersions(readConnection(join(dir, 'connection.json')), 5)
      for (const { peer, contract, node } of versions)
        add(`contract at ${peer}`, `${contract}, Node ${node}`, '')
    } catch (error) {
      if (!(error instanceof VppError)) throw error
      for (const { place, problem, fix } of error.problems) {
        findings.push({ ok: false, what: place, found: '', fix: `${problem}; ${fix}` })
      }
    }
  }
  if (json) printJson({ format: 1, findings })
  else {
    print(table(findings.map(({ ok, what, found }) => [ok ? 'ok' : 'MISSING', what, found])))
    for (const { ok, what, fix } of findings) if (!ok) print(`\n${what}: ${fix}`)
  }
  if (findings.some(({ ok }) => !ok)) process.exitCode = EXIT_CODES.failure
}
