import { mean, median } from 'simple-statistics'
import type {
  ReliabilityStudy,
  ResilienceHome,
  StudyInput as Sourced,
} from '../../../data/viability-files.ts'
import { servedHours } from '../../../models/grid/resilience.ts'
import { homesOf } from '../../kpi/sums.ts'
import type { ReportInput } from '../../report-input.ts'
import type { HomeHours } from '../read-homes.ts'
import { intervalOf } from './interval.ts'
import { reliableAssets } from './reliable-assets.ts'

interface Served {
  readonly home: ResilienceHome
  /** Hours without supply in an outage of the usual length, mean over beginnings. */
  readonly leftHours: number
}

/** Hours that the mean interruption lasts: SAIDI over SAIFI. */
const usualHours = ({ scenario: { viability } }: ReportInput): number =>
  viability.saifiPerYear > 0 ? viability.saidiMinutesPerYear / viability.saifiPerYear / 60 : 0

function served(report: ReportInput, hours: HomeHours): Served[] {
  const { viability, communities } = report.scenario
  const home = homesOf(report.results).find(({ id }) => id === hours.id)
  const battery = communities.flatMap(({ homes }) => homes).find(({ id }) => id === hours.id)?.battery
  if (home === undefined || battery === undefined) return []
  const { capacityKwh, minSocFraction, maxSocFraction, dischargeEfficiency, chargeEfficiency } = battery
  // What is held back for outages is there when one comes.
  const reserveKwh = capacityKwh * minSocFraction * dischargeEfficiency
  const criticalKwh = hours.loadKwh.map((kwh) => kwh * viability.criticalFraction)
  const all = servedHours(
    {
      stepHours: 1,
      criticalKwh,
      solarKwh: hours.solarKwh,
      storedKwh: hours.storedKwh.map((kwh) => kwh + reserveKwh),
      capacityKwh: capacityKwh * maxSocFraction * dischargeEfficiency,
      powerKw: battery.powerKw,
      chargeFraction: chargeEfficiency * dischargeEfficiency,
    },
    viability.outageHours,
  )
  const usual = usualHours(report)
  const list = [...all]
  return [
    {
      leftHours: mean(list.map((one) => Math.max(0, usual - one))),
      home: {
        id: home.id,
        label: home.label,
        batteryKwh: home.batteryKwh,
        criticalKw: mean([...criticalKwh]),
        meanHours: mean(list),
        medianHours: median(list),
        usualServedShare: list.filter((one) => one >= usual).length / list.length,
        mostHours: viability.outageHours,
      },
    },
  ]
}

/** How often and how long supply fails, and how long batteries keep the critical load through it. */
export function reliabilityStudy(report: ReportInput, series: readonly HomeHours[]): ReliabilityStudy {
  const { viability } = report.scenario
  const homes = series.filter(({ loadKwh }) => loadKwh.length > 0).flatMap((hours) => served(report, hours))
  const input = (label: string, value: number, unit: string, source: string, year: number): Sourced => ({
    label,
    value,
    unit,
    source,
    year,
    grade: year > 0 ? 'primary' : 'assumed',
  })
  const eia = 'EIA Electric Power Annual table 11.3, Massachusetts 2023, unless the scenario has its own'
  return {
    saidiMinutes: input(
      'Minutes without supply (SAIDI)',
      viability.saidiMinutesPerYear,
      'min/year',
      eia,
      2023,
    ),
    saifiPerYear: input('Interruptions (SAIFI)', viability.saifiPerYear, '1/year', eia, 2023),
    criticalFraction: input(
      'Critical part of the load',
      viability.criticalFraction,
      'fraction',
      'assumption of the scenario',
      0,
    ),
    meanHours: homes.length === 0 ? null : intervalOf(homes.map(({ home }) => home.meanHours)),
    homes: homes.map(({ home }) => home),
    assets: reliableAssets(report, series),
    awardFrom: input(
      'Share of sunny hours for an award',
      viability.reliableFraction,
      'fraction',
      'assumption of the scenario',
      0,
    ),
    minutesLeftPerYear:
      homes.length === 0 ? null : mean(homes.map(({ leftHours }) => leftHours)) * 60 * viability.saifiPerYear,
  }
}
