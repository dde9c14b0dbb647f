/**
 * Rules between fields. They run even when single fields are wrong, so that all problems are told
 * at once; they must therefore bear values of any kind.
 */
import type { z } from 'zod'
import { pathText } from './path.ts'

type Path = (string | number)[]

const report = (context: z.core.$RefinementCtx, path: Path, input: unknown, message: string) =>
  context.addIssue({ code: 'custom', path, input, message })

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** minSocFraction < maxSocFraction, and the start between them. */
export function keepSocInOrder(battery: unknown, context: z.core.$RefinementCtx): void {
  const min = member(battery, 'minSocFraction')
  const max = member(battery, 'maxSocFraction')
  if (typeof min !== 'number' || typeof max !== 'number') return
  if (min >= max)
    return report(context, ['minSocFraction'], min, `must be below maxSocFraction, which is ${max}`)
  const initial = member(battery, 'initialSocFraction')
  if (typeof initial === 'number' && (initial < min || initial > max))
    report(
      context,
      ['initialSocFraction'],
      initial,
      `must be from minSocFraction ${min} to maxSocFraction ${max}`,
    )
}

/** A consumer has a load and nothing else. */
export function refuseGeneratingConsumer(home: unknown, context: z.core.$RefinementCtx): void {
  if (member(home, 'role') !== 'consumer') return
  for (const part of ['solar', 'battery']) {
    const value = member(home, part)
    if (value !== undefined) report(context, [part], value, 'must be left out where role is consumer')
  }
}

/** Ids of communities, and ids of homes across all communities, are unique: they name files and streams. */
export function refuseRepeatedIds(scenario: unknown, context: z.core.$RefinementCtx): void {
  const seen = { community: new Map<string, string>(), home: new Map<string, string>() }
  const check = (kind: 'community' | 'home', path: Path, id: unknown): void => {
    if (typeof id !== 'string') return
    const before = seen[kind].get(id)
    if (before === undefined) seen[kind].set(id, pathText(path))
    else report(context, [...path, 'id'], id, `must be unique; ${before} has it already`)
  }
  for (const [c, community] of list(member(scenario, 'communities')).entries()) {
    check('community', ['communities', c], member(community, 'id'))
    for (const [h, home] of list(member(community, 'homes')).entries())
      check('home', ['communities', c, 'homes', h], member(home, 'id'))
  }
}

/** Rules of flexible loads: what a device needs, hours in order, events apart. */
export function keepFlexibleWhole(scenario: unknown, context: z.core.$RefinementCtx): void {
  const temperature = member(member(scenario, 'environment'), 'temperature')
  const years = member(member(scenario, 'period'), 'years')
  for (const [c, community] of list(member(scenario, 'communities')).entries()) {
    for (const [h, home] of list(member(community, 'homes')).entries()) {
      const place: Path = ['communities', c, 'homes', h]
      const devices = member(home, 'devices')
      const flexible = devices ?? member(home, 'demandResponse')
      if (typeof years === 'number' && years > 1 && flexible !== undefined)
        report(
          context,
          [...place, devices === undefined ? 'demandResponse' : 'devices'],
          flexible,
          `must be left out where period.years is ${years}: a run of several years repeats its load`,
        )
      if (member(devices, 'heatPump') !== undefined && temperature === undefined)
        report(
          context,
          [...place, 'devices', 'heatPump'],
          member(devices, 'heatPump'),
          'must have environment.temperature in the scenario',
        )
      inOrder(
        context,
        [...place, 'devices', 'vehicle'],
        member(devices, 'vehicle'),
        'leaveHour',
        'returnHour',
      )
      inOrder(
        context,
        [...place, 'load', 'commercial'],
        member(member(home, 'load'), 'commercial'),
        'openHour',
        'closeHour',
      )
    }
  }
  const events = list(member(member(scenario, 'demandResponse'), 'events'))
  const spans = events.map((event) => {
    const start = Date.parse(`${String(member(event, 'start'))}Z`)
    return { start, end: start + Number(member(event, 'hours') ?? 3) * 3_600_000 }
  })
  for (const [at, span] of spans.entries()) {
    const other = spans.findIndex(
      ({ start, end }, before) => before < at && start < span.end && span.start < end,
    )
    if (other >= 0)
      report(
        context,
        ['demandResponse', 'events', at, 'start'],
        member(events[at], 'start'),
        `must not overlap demandResponse.events[${other}]`,
      )
  }
}

function inOrder(
  context: z.core.$RefinementCtx,
  path: Path,
  value: unknown,
  first: string,
  second: string,
): void {
  const [from, to] = [member(value, first), member(value, second)]
  if (typeof from === 'number' && typeof to === 'number' && from >= to)
    report(context, [...path, first], from, `must be below ${second}, which is ${to}`)
}
