import { z } from 'zod'
import * as annuity from '../../models/finance/annuity.ts'
import { internalRate, modifiedInternalRate } from '../../models/finance/internal-rate.ts'
import { netPresentValue } from '../../models/finance/present-value.ts'
import { filesMatching, readJson } from './files.ts'
import type { Check, ReferenceFamily } from './reference.ts'

const FOLDER = 'golden-finance'
const RELATIVE = 1e-9
/** Below this an answer is zero but for rounding, and the deviation is absolute. */
const ZERO = 1e-6

const number = z.number()
const flows = z.array(number)
const expected = number.nullable()
const due = z
  .union([z.enum(['end', 'begin']), z.literal(0), z.literal(1)])
  .default('end')
  .transform((when): annuity.Due => (when === 'begin' || when === 1 ? 'begin' : 'end'))
const loan = { rate: number, nper: number, pv: number.default(0), fv: number.default(0), when: due }

const oneCase = z.discriminatedUnion('fn', [
  z.object({ fn: z.literal('npv'), args: z.object({ rate: number, values: flows }), expected }),
  z.object({ fn: z.literal('irr'), args: z.object({ values: flows }), expected }),
  z.object({
    fn: z.literal('mirr'),
    args: z.object({ values: flows, finance_rate: number, reinvest_rate: number }),
    expected,
  }),
  z.object({ fn: z.literal('pmt'), args: z.object(loan), expected }),
  z.object({
    fn: z.literal('ipmt_sum'),
    args: z.strictObject({ rate: number, nper: number, pv: number }),
    expected,
  }),
  z.object({ fn: z.literal('fv'), args: z.object({ ...loan, pmt: number }), expected }),
  z.object({ fn: z.literal('pv'), args: z.object({ ...loan, pmt: number }), expected }),
  z.object({
    fn: z.literal('nper'),
    args: z.object({ ...loan, nper: number.optional(), pmt: number }),
    expected,
  }),
])
type Case = z.output<typeof oneCase>

const shape = z.object({ tool: z.string().default('unnamed'), cases: z.array(oneCase).min(1) })

/** Of several rates the reference gives the one nearest to zero; no rate is null. */
function nearestToZero(values: readonly number[]): number | null {
  const rate = internalRate(values)
  if (rate.kind === 'none') return null
  const rates = rate.kind === 'one' ? [rate.rate] : rate.rates
  return rates.reduce((nearest, other) => (Math.abs(other) < Math.abs(nearest) ? other : nearest))
}

function ours(one: Case): number | null {
  switch (one.fn) {
    case 'npv':
      return netPresentValue(one.args.rate, one.args.values)
    case 'irr':
      return nearestToZero(one.args.values)
    case 'mirr':
      return modifiedInternalRate(one.args.values, one.args.finance_rate, one.args.reinvest_rate)
    case 'pmt':
      return annuity.payment(one.args.rate, one.args.nper, one.args.pv, one.args.fv, one.args.when)
    case 'ipmt_sum': {
      const { rate, nper, pv } = one.args
      return -annuity.loanSchedule(rate, nper, pv).interest.reduce((sum, part) => sum + part, 0)
    }
    case 'fv':
      return annuity.futureValue(one.args.rate, one.args.nper, one.args.pmt, one.args.pv, one.args.when)
    case 'pv':
      return annuity.presentValue(one.args.rate, one.args.nper, one.args.pmt, one.args.fv, one.args.when)
    case 'nper':
      return annuity.paymentCount(one.args.rate, one.args.pmt, one.args.pv, one.args.fv, one.args.when)
  }
}

/** Relative deviation; an answer on one side only, or a number that is none, never passes. */
function deviation(one: Case): number {
  const found = ours(one)
  if (found === null || one.expected === null) return found === one.expected ? 0 : Infinity
  return Math.abs(found - one.expected) / Math.max(Math.abs(one.expected), ZERO)
}

function check(dir: string, name: string): Check[] {
  const source = `${FOLDER}/${name}`
  const { tool, cases } = readJson(dir, source, shape)
  return [...new Set(cases.map(({ fn }) => fn))].map((fn): Check => {
    const own = cases.filter((one) => one.fn === fn)
    return {
      quantity: `${fn}, ${own.length} case${own.length === 1 ? '' : 's'}`,
      source,
      computedBy: tool,
      unit: 'relative',
      tolerance: RELATIVE,
      deviation: own.map(deviation).reduce((most, value) => (value <= most ? most : value), 0),
    }
  })
}

/** Present values, rates of return and loans: `golden-finance/*.json`. */
export const financeReferences: ReferenceFamily = {
  id: 'finance',
  find: (dir) => filesMatching(`${dir}/${FOLDER}`, /\.json$/),
  check,
}
