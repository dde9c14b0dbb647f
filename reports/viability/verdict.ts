import type { Interval, ViabilityStudy } from '../../data/viability-files.ts'
import { homesOf } from '../kpi/sums.ts'
import { plural, signedUsd, usd, whole } from '../number-format.ts'
import type { ReportInput } from '../report-input.ts'
import { verdict, type Verdict } from '../sections/verdict-text.ts'
import { batteryCondition, exportCondition, shareText } from './conditions.ts'
import { ends, withEnds } from './interval-text.ts'

/** The answer in two sentences with its condition and intervals: trading first, then the equipment. */
export function viabilityVerdict(report: ReportInput, study: ViabilityStudy | null): Verdict {
  const ofRun = verdict(report)
  if (study === null) return ofRun
  const second = equipment(study)
  const { figures, map } = study
  if (map === null || ofRun.answer === 'not asked')
    return { ...ofRun, sentences: [ofRun.sentences[0], second] }
  if (figures.tradesShare === 0) {
    const condition = exportCondition(study)
    // The run says why; the runs of the study say under what it would begin.
    return {
      ...ofRun,
      lead: condition === null ? ofRun.lead : `No, unless an exported kWh earned ${condition}`,
      sentences: [ofRun.sentences[0], second],
    }
  }
  const count = homesOf(report.results).length
  const [today] = study.rules
  const gain = figures.tradingGainUsdPerMonth
  const loses = today.losers.p50 > count / 2
  const lead =
    gain.p90 <= 0
      ? 'No'
      : loses
        ? 'Yes under this tariff, no against today’s rules'
        : gain.p10 > 0
          ? 'Yes'
          : 'For some, in some years'
  const first =
    today.losers.p90 === 0
      ? `: trading gives the mean home ${withEnds(gain, signedUsd)} a month, and nobody loses against today’s rules.`
      : `: trading gives the mean home ${withEnds(gain, signedUsd)} a month, but ${ends(today.losers, whole)} of ${plural(count, 'home')} would have more under today’s net metering.`
  return {
    answer: gain.p90 <= 0 ? 'no' : loses ? 'for some' : 'yes',
    lead,
    sentences: [first, second],
  }
}

/** What the mean owner’s battery is worth, and from which price on it would be. */
function equipment(study: ViabilityStudy): string {
  const battery = study.investments.find(({ id }) => id === 'battery')
  const condition = batteryCondition(study)
  if (battery === undefined || condition === null)
    return 'No home owns solar and a battery, so there is no investment to judge.'
  const { npvUsd, paysShare, years } = battery
  const found = `A battery beside solar ${worthText(npvUsd)} in ${years} years`
  return npvUsd.p50 < 0
    ? `${found}; it would be worth it ${condition}.`
    : `${found}, and is worth it ${shareText(paysShare)}.`
}

/** A value that is a gain or a loss whatever is drawn within its ends, or either. */
export function worthText({ p10, p50, p90 }: Interval): string {
  if (p90 < 0) return `loses ${withEnds({ p10: -p90, p50: -p50, p90: -p10 }, usd)}`
  if (p10 > 0) return `gains ${withEnds({ p10, p50, p90 }, usd)}`
  return `is worth ${withEnds({ p10, p50, p90 }, signedUsd)}`
}
