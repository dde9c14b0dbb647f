import { resolve } from 'node:path'
import { VppError } from '../data/errors.ts'
import type { InputRecord } from '../data/profile.ts'
import { readTextFile } from '../data/read-text.ts'
import { publishedTariff } from '../data/tariffs/registry.ts'
import type { Metering } from '../models/tariff/rate/metering.ts'
import { publishedRate } from '../models/tariff/rate/published-rate.ts'
import { limitsByDemand } from '../models/tariff/rate/registers.ts'
import { flatRate, type Rate } from '../models/tariff/rate/rate.ts'
import { scheduleOf } from '../models/tariff/rate/schedule-text.ts'
import { parseUrdb } from '../models/tariff/rate/urdb.ts'
import type { ExportRule, ImportRule } from '../scenarios/schema.ts'

/** What an import rule charges, as a rate; null: a price for every interval, from a series. */
export function importRate(rule: ImportRule, baseDir: string, inputs: Map<string, InputRecord>): Rate | null {
  switch (rule.kind) {
    case 'series':
      return null
    case 'flat':
      return flatRate(rule.usdPerKwh)
    case 'published':
      return publishedRate(publishedTariff(rule.name))
    case 'urdb': {
      const { text, sha256 } = readTextFile(
        resolve(baseDir, rule.file),
        rule.file,
        'give a path relative to the scenario’s folder',
      )
      inputs.set(rule.file, {
        name: rule.file,
        sha256,
        source: 'rate file of the scenario',
        licence: 'of its owner',
      })
      return billedAsItGoes(parseUrdb(text, rule.file, rule.item).rate, rule.file)
    }
    case 'rate':
      return writtenRate(rule)
  }
}

/** A run prices every interval as it goes: limits that only the month's end can tell are refused. */
function billedAsItGoes(rate: Rate, file: string): Rate {
  if (!limitsByDemand(rate)) return rate
  throw new VppError('invalid', {
    place: `${file} energyratestructure`,
    problem: 'has tiers by kWh/kW: which tier an interval falls into is known when the month is over',
    fix: 'use a rate whose tiers are in kWh or kWh daily',
  })
}

function writtenRate(rule: Extract<ImportRule, { kind: 'rate' }>): Rate {
  const { demand } = rule
  const tiers = (list: readonly { usdPerKw: number; upToKw?: number | undefined }[]) =>
    list.map(({ usdPerKw, upToKw }) => ({ usdPerKw, maxKw: upToKw ?? null }))
  return {
    energy: rule.periods.map((period) =>
      period.tiers.map(({ usdPerKwh, sellUsdPerKwh, upToKwh, perDay }) => ({
        max: upToKwh ?? null,
        unit: perDay ? 'kWh daily' : 'kWh',
        buyUsdPerKwh: usdPerKwh,
        sellUsdPerKwh,
      })),
    ),
    schedule: scheduleOf(rule.weekday, rule.weekend),
    demand:
      demand === undefined || demand.periods.length === 0
        ? null
        : { periods: demand.periods.map(tiers), schedule: scheduleOf(demand.weekday, demand.weekend) },
    flatDemand:
      demand === undefined || demand.month.length === 0
        ? null
        : Array.from({ length: 12 }, () => tiers(demand.month)),
    demandWindowMinutes: demand?.windowMinutes ?? 15,
    fixedUsdPerMonth: 0,
    minimumUsdPerMonth: rule.minimumUsdPerMonth,
    minimumUsdPerYear: rule.minimumUsdPerYear,
  }
}

/** The metering rule of an export rule, and the sell rate that it names; null: that of the rate's tiers. */
export function meteringRule(rule: ExportRule): { metering: Metering; sellUsdPerKwh: number | null } {
  switch (rule.kind) {
    case 'flat':
      return { metering: { kind: 'net-billing' }, sellUsdPerKwh: rule.usdPerKwh }
    case 'net-metering':
      return {
        metering: { kind: 'net-metering-value', excessUsdPerKwh: rule.excessUsdPerKwh },
        sellUsdPerKwh: null,
      }
    case 'net-metering-kwh':
      return { metering: { ...rule, rollOver: false }, sellUsdPerKwh: null }
    case 'net-metering-credit':
      return {
        metering: { kind: 'net-metering-usd', trueUpMonth: rule.trueUpMonth ?? null },
        sellUsdPerKwh: rule.creditUsdPerKwh ?? null,
      }
    case 'net-billing':
    case 'buy-all-sell-all':
      return { metering: { kind: rule.kind }, sellUsdPerKwh: rule.sellUsdPerKwh ?? null }
    case 'net-billing-carry':
      return {
        metering: {
          kind: rule.kind,
          trueUpMonth: rule.trueUpMonth ?? null,
          expires: rule.expires,
          sameMonth: rule.sameMonth,
        },
        sellUsdPerKwh: rule.sellUsdPerKwh ?? null,
      }
    case 'value-stack':
      return {
        metering: { kind: 'net-billing-carry', trueUpMonth: null, expires: false, sameMonth: true },
        sellUsdPerKwh:
          rule.components.reduce((sum, { usdPerKwh }) => sum + Math.round(usdPerKwh * 1e9), 0) / 1e9,
      }
    case 'series':
      // Priced by the interval: no rate has it.
      return { metering: { kind: 'net-billing' }, sellUsdPerKwh: 0 }
  }
}

/** The rate with one sell rate throughout. */
export const sellingAt = (rate: Rate, sellUsdPerKwh: number | null): Rate =>
  sellUsdPerKwh === null
    ? rate
    : { ...rate, energy: rate.energy.map((tiers) => tiers.map((tier) => ({ ...tier, sellUsdPerKwh }))) }
