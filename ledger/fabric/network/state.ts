import { existsSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { NetworkFiles } from './files.ts'
import { needPlan, type NetworkPlan } from './plan.ts'
import { releasePorts } from './ports.ts'
import { answers, Processes, type Started } from './processes.ts'
import { serviceName, serviceNames } from './services.ts'

export interface ServiceState {
  readonly name: string
  readonly port: number
  readonly process: Started | null
  readonly answers: boolean
}

/** What runs of a network, and whether it listens. */
export async function status(dir: string): Promise<{ plan: NetworkPlan; services: ServiceState[] }> {
  const plan = needPlan(resolve(dir))
  const processes = new Processes(resolve(dir))
  const ports = new Map<string, number>([
    ...plan.orderers.map(({ name, port }): [string, number] => [name, port]),
    ...plan.peers.map(({ name, port }): [string, number] => [name, port]),
    ...plan.peers.map((peer): [string, number] => [serviceName(peer), peer.servicePort]),
  ])
  const services = await Promise.all(
    serviceNames(plan).map(async (name) => {
      const process = processes.get(name)
      const port = ports.get(name) as number
      return { name, port, process, answers: process !== null && (await answers(port)) }
    }),
  )
  return { plan, services }
}

/** Ends everything that the network started, and nothing else. `wipe` also removes its folder with all data. */
export async function down(dir: string, wipe = false): Promise<string[]> {
  const path = resolve(dir)
  const plan = needPlan(path)
  const processes = new Processes(path)
  const ran = serviceNames(plan).filter((name) => processes.get(name) !== null)
  await processes.stop()
  if (wipe && existsSync(new NetworkFiles(path).dir)) {
    rmSync(path, { recursive: true, force: true })
    releasePorts(path)
  }
  return ran
}
