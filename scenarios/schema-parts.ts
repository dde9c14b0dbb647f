/** Building blocks of the scenario schema: every number carries its unit, every text its limits. */
import { z } from 'zod'

/** What a field's metadata holds beside its description; all of it is folded into the editor's schema. */
export interface FieldMeta {
  readonly description: string
  /** `-` for a pure number, absent where a unit has no sense. */
  readonly unit?: string
  /** What a text must look like, after "must be". */
  readonly rule?: string
  /** Default in words, where it is not one value. */
  readonly defaultText?: string
}

/** A number in `unit` within `[min, max]`; `above` instead of `min` leaves the limit itself out. */
export function quantity(
  unit: string,
  limits: { min?: number; above?: number; max: number },
  description: string,
) {
  const floor = limits.above === undefined ? z.number().gte(limits.min ?? 0) : z.number().gt(limits.above)
  return floor.lte(limits.max).meta({ unit, description })
}

/** A share of a whole, 0 to 1. */
export const fraction = (description: string) => quantity('fraction', { min: 0, max: 1 }, description)

/** A price or charge on energy; more than 10 USD per kWh is taken for cents. */
export const usdPerKwh = (description: string) => quantity('USD/kWh', { min: 0, max: 10 }, description)

/** A whole number within `[min, max]`. */
export const whole = (unit: string, min: number, max: number, description: string) =>
  z.number().int().gte(min).lte(max).meta({ unit, description })

/** One line of free text, shown as text and never as markup. */
export const oneLine = (maxLength: number, description: string) =>
  z
    .string()
    .min(1)
    .max(maxLength)
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    .regex(/^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/u)
    .meta({ description, rule: `one line of 1 to ${maxLength} characters` })

/** How a slug's rule reads, by which a message knows that it may offer one. */
export const SLUG_RULE = '1 to 64 lower-case letters, digits or "-", not starting with "-"'

/** An identifier that is safe in file names, addresses and account names. */
export const slug = (description: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
    .meta({ description, rule: SLUG_RULE })

/** A data set and a member of it: `fontana-2016/1`. */
export const reference = (description: string) =>
  z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,63}\/[a-z0-9][a-z0-9_-]{0,63}$/)
    .meta({ description, rule: '<data set>/<member>, like fontana-2016/1' })

/** What people call it; left out, its id. */
export const label = (what: string) =>
  oneLine(120, `Name of the ${what} in the report, any text; HTML is shown as text.`)
    .optional()
    .meta({ defaultText: 'the id' })

export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}

/** An offset from UTC that never changes, `-05:00`. */
export const isFixedOffset = (name: string): boolean => /^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(name)

/** A name of the IANA time zone data base. */
export const timeZone = (description: string) =>
  z.string().refine(isTimeZone).meta({ description, rule: 'an IANA time zone, like America/New_York or UTC' })

/** A day of the calendar within the years that data and time zones cover. */
export const day = (description: string) =>
  z.iso
    .date()
    .refine((date) => date >= '1990-01-01' && date < '2101-01-01')
    .meta({ description, rule: 'a date from 1990 to 2100, YYYY-MM-DD' })
