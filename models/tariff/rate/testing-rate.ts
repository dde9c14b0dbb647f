/** For tests: rates and months made up. */
import type { Metering } from './metering.ts'
import { type Account, billMonth, type BilledMonth, newAccount } from './month.ts'
import { flatRate, ONE_PERIOD, type Rate } from './rate.ts'
import { monthRegisters, registerInterval, registerLayout } from './registers.ts'

/** Two periods, day 1 and night 0, with one price each and a sell rate. */
export const DAY_AND_NIGHT: Rate = {
  ...flatRate(0),
  energy: [
    [{ max: null, unit: 'kWh', buyUsdPerKwh: 0.1, sellUsdPerKwh: 0.04 }],
    [{ max: null, unit: 'kWh', buyUsdPerKwh: 0.3, sellUsdPerKwh: 0.08 }],
  ],
  schedule: {
    weekday: ONE_PERIOD.weekday.map((row) => row.map((_, hour) => (hour >= 8 && hour < 20 ? 1 : 0))),
    weekend: ONE_PERIOD.weekend,
  },
}

/** One price step up to 100 kWh of the month, another beyond. */
export const TIERED: Rate = {
  ...flatRate(0),
  energy: [
    [
      { max: 100, unit: 'kWh', buyUsdPerKwh: 0.1, sellUsdPerKwh: 0.02 },
      { max: null, unit: 'kWh', buyUsdPerKwh: 0.2, sellUsdPerKwh: 0.05 },
    ],
  ],
}

/** An interval: period, import and export, kWh. */
export type Flow = readonly [period: number, importKwh: number, exportKwh: number]

/** Bills months of flows one after the other, the first of them the month given (0: January). */
export function billFlows(
  rate: Rate,
  metering: Metering,
  months: readonly (readonly Flow[])[],
  first = 0,
): BilledMonth[] {
  let account: Account = newAccount(rate)
  return months.map((flows, at) => {
    const registers = monthRegisters(registerLayout(rate, 30))
    for (const [period, imported, exported] of flows)
      registerInterval(registers, period, Math.round(imported * 1e6), Math.round(exported * 1e6))
    const billed = billMonth(rate, metering, registers, null, account, { month: (first + at) % 12 })
    ;({ account } = billed)
    return billed
  })
}
