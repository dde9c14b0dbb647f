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

/** A preferred partner is another home of the same community, named once. */
export function refuseUnknownPartners(scenario: unknown, context: z.core.$RefinementCtx): void {
  for (const [c, community] of list(member(scenario, 'communities')).entries()) {
    const homes = list(member(community, 'homes'))
    const ids = new Set(homes.map((home) => member(home, 'id')))
    for (const [h, home] of homes.entries()) {
      const partners = list(member(member(home, 'trading'), 'partners'))
      for (const [at, partner] of partners.entries()) {
        const path: Path = ['communities', c, 'homes', h, 'trading', 'partners', at]
        if (!ids.has(partner) || partner === member(home, 'id'))
          report(context, path, partner, 'must be the id of another home of the community')
        else if (partners.indexOf(partner) < at) report(context, path, partner, 'must be named once')
      }
    }
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

/** Export rules that price each interval by itself, so that any price may stand beside them. */
const BY_INTERVAL = ['flat', 'net-metering', 'series']

/** Periods that schedules name exist, tiers rise, and a price by the interval is not netted by the kWh. */
export function keepTariffsWhole(scenario: unknown, context: z.core.$RefinementCtx): void {
  const baselines = member(scenario, 'baselines')
  for (const [path, tariff] of [
    [['tariff'], member(scenario, 'tariff')],
    [['baselines', 'timeVarying'], member(baselines, 'timeVarying')],
  ] as const) {
    const rule = member(tariff, 'import')
    keepRateWhole(context, [...path, 'import'], rule)
    const kind = member(member(tariff, 'export'), 'kind')
    if (member(rule, 'kind') === 'series' && typeof kind === 'string' && !BY_INTERVAL.includes(kind))
      report(
        context,
        [...path, 'export', 'kind'],
        kind,
        `must be one of ${BY_INTERVAL.join(', ')} where the import is a series`,
      )
  }
}

function keepRateWhole(context: z.core.$RefinementCtx, path: Path, rule: unknown): void {
  if (member(rule, 'kind') !== 'rate') return
  const periods = list(member(rule, 'periods'))
  namesPeriods(context, path, rule, periods.length)
  for (const [at, period] of periods.entries())
    risingTiers(context, [...path, 'periods', at, 'tiers'], list(member(period, 'tiers')), 'upToKwh')
  const demand = member(rule, 'demand')
  const demandPeriods = list(member(demand, 'periods'))
  if (demandPeriods.length > 0) namesPeriods(context, [...path, 'demand'], demand, demandPeriods.length)
  for (const [at, tiers] of demandPeriods.entries())
    risingTiers(context, [...path, 'demand', 'periods', at], list(tiers), 'upToKw')
  risingTiers(context, [...path, 'demand', 'month'], list(member(demand, 'month')), 'upToKw')
}

function namesPeriods(context: z.core.$RefinementCtx, path: Path, rule: unknown, count: number): void {
  for (const kind of ['weekday', 'weekend'])
    for (const [at, row] of list(member(rule, kind)).entries()) {
      const most = Math.max(...Array.from(String(row), Number))
      if (most >= count)
        report(context, [...path, kind, at], row, `must name periods that exist: 0 to ${count - 1}`)
    }
}

/** Every tier but the last has a limit, above that of the one before. */
function risingTiers(
  context: z.core.$RefinementCtx,
  path: Path,
  tiers: readonly unknown[],
  field: string,
): void {
  let before = 0
  for (const [at, tier] of tiers.entries()) {
    const upTo = member(tier, field)
    const last = at === tiers.length - 1
    if (typeof upTo === 'number' && (upTo <= before || last))
      report(
        context,
        [...path, at, field],
        upTo,
        last ? 'must be left out of the last tier' : `must be above ${before}`,
      )
    if (upTo === undefined && !last)
      report(context, [...path, at], tier, `must have ${field}: it is not the last`)
    if (typeof upTo === 'number') before = upTo
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
