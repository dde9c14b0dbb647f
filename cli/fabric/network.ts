import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EXIT_CODES, VppError } from '../../data/errors.ts'
import { readConnection } from '../../ledger/fabric/client/connection.ts'
import { NetworkFiles } from '../../ledger/fabric/network/files.ts'
import { DEFAULT_OPTIONS, needPlan } from '../../ledger/fabric/network/plan.ts'
import { Processes } from '../../ledger/fabric/network/processes.ts'
import { connectionProfile, peerShell } from '../../ledger/fabric/network/profile.ts'
import { serviceNames } from '../../ledger/fabric/network/services.ts'
import { down, status } from '../../ledger/fabric/network/state.ts'
import { optionsOf, up } from '../../ledger/fabric/network/up.ts'
import { contractVersions } from '../../ledger/fabric/client/versions.ts'
import { print, printJson, say, table } from '../output.ts'

export interface UpArguments {
  dir: string
  binaries?: string
  organisations?: string
  orderers?: number
  json: boolean
}

/** `vpp fabric up`: returns when the chaincode answers on every peer. */
export async function startNetwork({
  dir,
  binaries,
  organisations,
  orderers,
  json,
}: UpArguments): Promise<void> {
  const started = performance.now()
  const options = optionsOf(dir) ?? DEFAULT_OPTIONS
  const network = await up({
    ...options,
    ...(organisations === undefined ? {} : { organisations: organisations.split(',') }),
    ...(orderers === undefined ? {} : { orderers }),
    dir,
    ...(binaries === undefined ? {} : { binaries }),
    say,
  })
  const connection = readConnection(network.files.connection)
  await contractVersions(connection, 60)
  const seconds = Math.round((performance.now() - started) / 100) / 10
  if (json) printJson({ format: 1, dir: network.files.dir, connection: network.files.connection, seconds })
  else {
    print(
      `up after ${seconds} s: ${network.plan.organisations.join(', ')}; chaincode ${network.plan.chaincode}`,
    )
    print(`connection  ${network.files.connection}`)
  }
}

export async function tellStatus(dir: string, json: boolean): Promise<void> {
  const { plan, services } = await status(dir)
  if (json) printJson({ format: 1, channel: plan.channel, chaincode: plan.chaincode, services })
  else {
    print(
      table(
        services.map(({ name, port, process, answers }) => [
          process === null ? 'DOWN' : answers ? 'up' : 'SILENT',
          name,
          `localhost:${port}`,
          process === null ? '' : `pid ${process.pid}`,
        ]),
      ),
    )
  }
  if (services.some(({ answers }) => !answers)) process.exitCode = EXIT_CODES.failure
}

export async function stopNetwork(dir: string, wipe: boolean, json: boolean): Promise<void> {
  const stopped = await down(dir, wipe)
  if (json) printJson({ format: 1, stopped, wiped: wipe })
  else print(stopped.length === 0 ? 'nothing was running' : `ended ${stopped.join(', ')}`)
}

/** The last lines of what a part of the network said; of all parts when none is named. */
export function showLogs(dir: string, name: string | undefined, lines: number): void {
  const plan = needPlan(resolve(dir))
  const names = serviceNames(plan)
  if (name !== undefined && !names.includes(name)) {
    throw new VppError('usage', {
      place: name,
      problem: 'is no part of the network',
      fix: `name one of ${names.join(', ')}`,
    })
  }
  const processes = new Processes(resolve(dir))
  for (const one of name === undefined ? names : [name]) {
    const path = processes.logOf(one)
    const text = existsSync(path) ? readFileSync(path, 'utf8').trimEnd() : ''
    print(`== ${one}  ${path}`)
    if (text !== '') print(text.split('\n').slice(-lines).join('\n'))
  }
}

/** Writes for every organisation a connection profile and the environment of the `peer` program. */
export function writeProfiles(dir: string, out: string | undefined, json: boolean): void {
  const plan = needPlan(resolve(dir))
  const files = new NetworkFiles(resolve(dir))
  const folder = resolve(out ?? join(dir, 'profile'))
  mkdirSync(folder, { recursive: true })
  const written: string[] = []
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text)
    written.push(join(folder, name))
  }
  for (const organisation of plan.organisations) {
    write(
      `${organisation}.json`,
      `${JSON.stringify(connectionProfile(plan, files, organisation), null, 2)}\n`,
    )
  }
  for (const peer of plan.peers) write(`${peer.organisation}.env`, peerShell(plan, files, peer))
  if (json) printJson({ format: 1, files: written, connection: files.connection })
  else print(written.join('\n'))
}
