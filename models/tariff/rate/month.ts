import { demandCharges, type DemandRegisters } from './demand.ts'
import { exportAtBuyRates, exportEarning, type Fraction, importCharge, nettedMonth } from './energy-charge.ts'
import { microUsdOf, nanoUsd, product } from './exact.ts'
import type { Metering } from './metering.ts'
import type { Rate } from './rate.ts'
import type { MonthRegisters } from './registers.ts'
import { rolledOver } from './roll-over.ts'

/** What a customer carries from month to month. */
export interface Account {
  /** Energy left, by period of the month that left it, milliwatt-hours (net metering in kWh). */
  readonly surplusMilliWh: Float64Array
  /** Net energy left over all periods, milliwatt-hours: what the year's end pays for. */
  readonly excessMilliWh: number
  /** Dollar credits left, µ$ >= 0. */
  readonly creditMicroUsd: number
  /** Bills of the calendar year so far, before minimum charges and payments of the true-up, none below zero. */
  readonly yearMicroUsd: number
  /** Months that are in it, parts counted as parts. */
  readonly yearMonths: number
}

export const newAccount = (rate: Rate): Account => ({
  surplusMilliWh: new Float64Array(rate.energy.length),
  excessMilliWh: 0,
  creditMicroUsd: 0,
  yearMicroUsd: 0,
  yearMonths: 0,
})

/** A month's lines, µ$, each rounded once; positive: the customer pays. */
export interface MonthLines {
  /** Energy at buy rates: what is left after netting where the month is netted. */
  readonly energyMicroUsd: number
  /** Exports and credits of earlier months, as far as they are applied (<= 0 unless a sell rate is negative). */
  readonly exportCreditMicroUsd: number
  readonly demandMicroUsd: number
  readonly fixedMicroUsd: number
  /** What is missing to the minimum of the month, in December of the year. */
  readonly minimumMicroUsd: number
  /** Paid out for what is left at the true-up (<= 0). */
  readonly trueUpMicroUsd: number
  /** Sum of all lines. */
  readonly billMicroUsd: number
}

export interface BilledMonth {
  readonly lines: MonthLines
  readonly account: Account
  /** Net energy left after the month, before a true-up takes it (net metering in kWh), milliwatt-hours. */
  readonly excessMilliWh: number
}

/** What the metering rule makes of a month's energy. */
interface EnergyPart {
  readonly charge: number
  /** Credits applied, µ$ >= 0. */
  readonly applied: number
  readonly trueUp: number
  readonly surplusMilliWh: Float64Array
  readonly excessMilliWh: number
  readonly keptExcessMilliWh: number
  readonly credit: number
}

const microUsd = ({ numerator, denominator }: Fraction): number => microUsdOf(numerator, denominator)

/** Which month is billed. */
export interface BillingMonth {
  /** Of the calendar year, 0: January. */
  readonly month: number
  /** Part of the month that is billed, (0, 1]: fixed, minimum and demand charges are in proportion. Default 1. */
  readonly part?: number
  /** What its exports earned by prices of the interval, µ$, instead of sell rates (net billing). */
  readonly earnedMicroUsd?: number
}

/** Bills one month. */
export function billMonth(
  rate: Rate,
  metering: Metering,
  registers: MonthRegisters,
  demand: DemandRegisters | null,
  account: Account,
  { month, part = 1, earnedMicroUsd }: BillingMonth,
): BilledMonth {
  const energy = energyPart(rate, metering, registers, account, month, earnedMicroUsd)
  const { flatMicroUsd, periodMicroUsd } =
    demand === null ? { flatMicroUsd: 0, periodMicroUsd: 0 } : demandCharges(rate, demand, month)
  const demandMicroUsd = Math.round((flatMicroUsd + periodMicroUsd) * part)
  const fixedMicroUsd = Math.round((rate.fixedUsdByMonth?.[month] ?? rate.fixedUsdPerMonth) * 1e6 * part)
  const due = energy.charge - energy.applied + demandMicroUsd + fixedMicroUsd
  // Over two meters the minimum is that of the one that measures use: sales don't count against it.
  const atLeastNothing = Math.max(0, metering.kind === 'buy-all-sell-all' ? due + energy.applied : due)
  let minimumMicroUsd = Math.max(0, Math.round(rate.minimumUsdPerMonth * 1e6 * part) - atLeastNothing)
  const yearMicroUsd = account.yearMicroUsd + atLeastNothing
  const yearMonths = account.yearMonths + part
  const endsYear = month === 11
  if (endsYear)
    minimumMicroUsd += Math.max(
      0,
      Math.round((rate.minimumUsdPerYear * 1e6 * Math.min(12, yearMonths)) / 12) - yearMicroUsd,
    )
  return {
    lines: {
      energyMicroUsd: energy.charge,
      exportCreditMicroUsd: 0 - energy.applied,
      demandMicroUsd,
      fixedMicroUsd,
      minimumMicroUsd,
      trueUpMicroUsd: 0 - energy.trueUp,
      billMicroUsd: due + minimumMicroUsd - energy.trueUp,
    },
    account: {
      surplusMilliWh: energy.surplusMilliWh,
      excessMilliWh: energy.keptExcessMilliWh,
      creditMicroUsd: energy.credit,
      yearMicroUsd: endsYear ? 0 : yearMicroUsd,
      yearMonths: endsYear ? 0 : yearMonths,
    },
    excessMilliWh: energy.excessMilliWh,
  }
}

function energyPart(
  rate: Rate,
  metering: Metering,
  registers: MonthRegisters,
  account: Account,
  month: number,
  earnedMicroUsd: number | undefined,
): EnergyPart {
  switch (metering.kind) {
    case 'net-metering-kwh':
      return nettedInKwh(rate, metering, registers, account, month)
    case 'net-metering-usd': {
      const { charge, earning } = nettedMonth(rate, registers, new Float64Array(registers.net.length))
      const spent = spend(microUsd(charge), microUsd(earning), account.creditMicroUsd)
      return { ...nothingLeft(registers), ...trueUp(spent, metering.trueUpMonth === month + 1, false) }
    }
    case 'net-metering-value':
      return {
        ...nothingLeft(registers),
        charge: microUsd(importCharge(rate, registers)),
        applied: valueOffset(rate, registers, metering.excessUsdPerKwh),
        trueUp: 0,
        credit: 0,
      }
    case 'net-billing':
    case 'buy-all-sell-all':
      return {
        ...nothingLeft(registers),
        charge: microUsd(importCharge(rate, registers)),
        applied: earnedMicroUsd ?? microUsd(exportEarning(rate, registers)),
        trueUp: 0,
        credit: 0,
      }
    case 'net-billing-carry': {
      const earned = microUsd(exportEarning(rate, registers))
      const { sameMonth, expires, trueUpMonth } = metering
      const spent = spend(
        microUsd(importCharge(rate, registers)),
        sameMonth ? earned : 0,
        account.creditMicroUsd,
      )
      const left = sameMonth ? spent : { ...spent, credit: spent.credit + earned }
      return { ...nothingLeft(registers), ...trueUp(left, trueUpMonth === month + 1, expires) }
    }
  }
}

/**
 * While exports are worth `V_e <= V_i`, the imports, they offset just that; beyond, the share `(V_e - V_i) / V_e` of the
 * month's exported energy is net excess and earns the excess rate.
 */
function valueOffset(rate: Rate, registers: MonthRegisters, excessUsdPerKwh: number): number {
  const imported = importCharge(rate, registers).numerator
  const exported = exportAtBuyRates(rate, registers).numerator
  if (exported <= imported) return microUsdOf(exported)
  const allExcess = product(registers.exportMilliWh, nanoUsd(excessUsdPerKwh))
  return microUsdOf(imported * exported + allExcess * (exported - imported), exported)
}

const nothingLeft = ({
  net,
}: MonthRegisters): Pick<EnergyPart, 'surplusMilliWh' | 'excessMilliWh' | 'keptExcessMilliWh'> => ({
  surplusMilliWh: new Float64Array(net.length),
  excessMilliWh: 0,
  keptExcessMilliWh: 0,
})

type Spent = Pick<EnergyPart, 'charge' | 'applied' | 'credit'>

/** Credits offset the charge and no more; the rest is kept. A charge below zero is a credit. */
function spend(charge: number, earned: number, brought: number): Spent {
  const applied = Math.min(charge, earned + brought)
  return { charge, applied, credit: earned + brought - applied }
}

/** At the true-up what is left is paid, or lost, and the account starts again at nothing. */
const trueUp = (spent: Spent, now: boolean, expires: boolean): Spent & Pick<EnergyPart, 'trueUp'> =>
  now ? { ...spent, credit: 0, trueUp: expires ? 0 : spent.credit } : { ...spent, trueUp: 0 }

function nettedInKwh(
  rate: Rate,
  metering: Extract<Metering, { kind: 'net-metering-kwh' }>,
  registers: MonthRegisters,
  account: Account,
  month: number,
): EnergyPart {
  const brought = rolledOver(account.surplusMilliWh, rate.schedule, (month + 11) % 12)
  const { charge, surplusMilliWh } = nettedMonth(rate, registers, brought)
  const net = registers.exportMilliWh - registers.importMilliWh
  const excessMilliWh = Math.max(0, account.excessMilliWh + net)
  const now = metering.trueUpMonth === month + 1
  const worth = now ? microUsdOf(product(excessMilliWh, nanoUsd(metering.yearEndUsdPerKwh))) : 0
  const spent = spend(microUsd(charge), metering.rollOver ? worth : 0, account.creditMicroUsd)
  return {
    ...spent,
    credit: metering.rollOver ? spent.credit : 0,
    trueUp: metering.rollOver ? 0 : worth,
    surplusMilliWh: now ? new Float64Array(surplusMilliWh.length) : surplusMilliWh,
    excessMilliWh,
    keptExcessMilliWh: now ? 0 : excessMilliWh,
  }
}
