/** A person's work, bought for every month of the pilot. */
export interface StaffLine {
  readonly role: string
  readonly fullTimeFraction: number
  /** Of one full-time equivalent with benefits and overhead. */
  readonly usdPerYear: number
}

/** Something bought from others, spread evenly over its months. */
export interface ServiceLine {
  readonly label: string
  readonly usd: number
  /** Counted from 1. */
  readonly fromMonth: number
  readonly months: number
}

/** What is mounted in a home, USD each. */
export interface Hardware {
  readonly meterUsd: number
  readonly gatewayUsd: number
  readonly partsUsd: number
  readonly installUsd: number
  /** Part of the devices that is replaced in a year. */
  readonly replacedFractionPerYear: number
  readonly lifeYears: number
}

/** A pilot as its scenario plans it; months are counted from 1. */
export interface PilotPlan {
  readonly grantUsd: number
  readonly grantInstalments: number
  readonly months: number
  readonly homes: number
  readonly enrolFromMonth: number
  readonly enrolMonths: number
  readonly staff: readonly StaffLine[]
  readonly services: readonly ServiceLine[]
  readonly hardware: Hardware
  readonly hostingUsdPerMonth: number
  readonly acquisitionUsdPerHome: number
  readonly supportUsdPerHomeMonth: number
  readonly contingencyFraction: number
}

/** Homes that are enrolled when a month ends: evenly over the months of installation, whole homes only. */
export function homesEnrolled(
  plan: Pick<PilotPlan, 'homes' | 'enrolFromMonth' | 'enrolMonths' | 'months'>,
  month: number,
): number {
  const done = (month - plan.enrolFromMonth + 1) / plan.enrolMonths
  return Math.floor(plan.homes * Math.min(1, Math.max(0, done)) + 1e-9)
}
