import type { MarketResult } from '../../data/run-files.ts'
import type { KpiReport } from '../kpi/compute.ts'
import { savingsByBattery } from '../kpi/battery-saving.ts'
import { SAME_USD_PER_MONTH } from '../kpi/roles.ts'
import { homesOf } from '../kpi/sums.ts'
import { centsPerKwh, plural, signedUsd, threeFigures, usd } from '../number-format.ts'
import type { ReportInput } from '../report-input.ts'
import { exportText } from '../tariff-text.ts'
import { deliveryUsdPerKwh, type ScenarioView } from '../scenario-view.ts'
import { creditVerdict } from './credit-verdict.ts'

/** The answer in two sentences, plain text; every number in it comes from the run. */
export interface Verdict {
  readonly answer: 'yes' | 'for some' | 'no' | 'not asked'
  /** First words, set strong: `Yes.`, `No, under …` */
  readonly lead: string
  readonly sentences: readonly [string, string]
}

type VerdictInput = Pick<ReportInput, 'results' | 'scenario' | 'kpis'>

const valueOf = (kpis: KpiReport, id: string): number | null =>
  kpis.kpis.find((kpi) => kpi.id === id)?.value ?? null

export function verdict(input: VerdictInput): Verdict {
  const { results, scenario } = input
  const traded = results.communities.reduce((sum, { market }) => sum + market.tradedMilliWh, 0)
  if (traded > 0) return tradesVerdict(input)
  const byCredits = creditVerdict(input)
  if (byCredits !== null) return byCredits
  const second = withoutTrading(input)
  if (results.communities.every(({ homes }) => homes.length === 1)) {
    const lead = 'No trade is possible'
    const homes = homesOf(results).length
    return {
      answer: 'not asked',
      lead,
      sentences: [
        `: ${homes === 1 ? 'there is only one home' : 'every community has only one home'}.`,
        second,
      ],
    }
  }
  if (scenario.market.mechanism === 'none') {
    return {
      answer: 'not asked',
      lead: 'No trading here',
      sentences: [': this scenario allows no trading.', second],
    }
  }
  const priced = results.communities
    .map(({ market }) => market)
    .filter(({ intervalsWithBothSides }) => intervalsWithBothSides > 0)
  if (priced.length === 0) {
    return {
      answer: 'no',
      lead: 'No',
      sentences: [': no interval had both a seller and a buyer, so nothing could be traded.', second],
    }
  }
  return noPriceVerdict(input, priced)
}

/** Trades happened: how many homes have more money, and who has less. */
function tradesVerdict({ results, scenario, kpis }: VerdictInput): Verdict {
  const gain = kpis.kpis.find(({ id }) => id === 'trading-gain')
  const homes = kpis.roles.filter(({ id }) => id !== 'operator' && id !== 'utility')
  const sum = (side: 'better' | 'worse' | 'same') =>
    homes.reduce((all, role) => all + role.against['own-battery'][side], 0)
  const [better, worse, count] = [sum('better'), sum('worse'), homesOf(results).length]
  const spread = gain?.spreadOverHomes
  const mean = gain?.value ?? 0
  const losers = losersOnToday(kpis)
  const gains = mean <= 0 ? 'no' : better >= 0.9 * count ? 'yes' : 'for some'
  // What pays beside a low export price alone is no gain on what homes could have had.
  const onlyHere = gains === 'yes' && losers > count / 2
  const answer = onlyHere ? 'for some' : gains
  const lead = onlyHere
    ? 'Yes under this tariff, no against today’s rules'
    : answer === 'yes'
      ? 'Yes, for the homes'
      : answer === 'no'
        ? 'No'
        : 'For some homes'
  const middle =
    spread === undefined || count < 3
      ? `${signedUsd(mean)} a month on average`
      : `${signedUsd(spread.p50)} a month in the middle home (P10 ${signedUsd(spread.p10)}, P90 ${signedUsd(spread.p90)} over homes)`
  const first = `: with ${conditions(scenario)}, trading leaves ${better} of ${count} ${count === 1 ? 'home' : 'homes'} better off and ${worse === 0 ? 'none' : worse} worse off, ${middle}.`
  const operator = valueOf(kpis, 'operator-income') ?? 0
  const utility =
    kpis.roles.find(({ id }) => id === 'utility')?.parts?.['own-battery'].revenueUsdPerMonth ?? 0
  const lossPart =
    utility < 0
      ? `the utility loses: ${usd(-utility)} a month of its revenue becomes ${usd(mean * count)} for the homes and ${usd(operator)} for the operator`
      : `the utility gains ${usd(utility)} a month, the operator ${usd(operator)}, the homes ${signedUsd(mean * count)}`
  const today =
    losers === 0
      ? ''
      : ` Under today’s rules, with net metering and no trading, ${losers} of ${plural(count, 'home')} would have more.`
  return { answer, lead, sentences: [first, `Trading makes no energy, so ${lossPart}.${today}`] }
}

/** Homes that today's rules would leave more. */
const losersOnToday = ({ ruleBaselines }: KpiReport): number =>
  (ruleBaselines.find(({ id }) => id === 'today')?.homes ?? []).filter(
    ({ usdPerMonth }) => usdPerMonth <= -SAME_USD_PER_MONTH,
  ).length

/** What the answer depends on, from the tariff. */
function conditions(scenario: ScenarioView): string {
  const charge = deliveryUsdPerKwh(scenario)
  const delivery =
    charge === 0 ? 'free delivery between neighbors' : `${centsPerKwh(charge)} for delivery between neighbors`
  return `${exportText(scenario.tariff.export)} and ${delivery}`
}

/** Both sides were there, but no price suits both. */
function noPriceVerdict(input: VerdictInput, markets: readonly MarketResult[]): Verdict {
  const { scenario } = input
  const best = Math.max(...markets.map(({ jointSurplusMaxUsdPerKwh }) => jointSurplusMaxUsdPerKwh))
  const worst = Math.min(...markets.map(({ jointSurplusMinUsdPerKwh }) => jointSurplusMinUsdPerKwh))
  if (best >= 0) {
    const reason = markets.find(({ whyNothing }) => whyNothing !== '')?.whyNothing ?? 'nothing was traded.'
    return { answer: 'no', lead: 'No', sentences: [`: ${reason}`, withoutTrading(input)] }
  }
  const range = best - worst < 0.0005 ? centsPerKwh(-best) : `${centsPerKwh(-best)} to ${centsPerKwh(-worst)}`
  const charges = deliveryUsdPerKwh(scenario) + scenario.market.platformFeeUsdPerKwh
  // As the market counts: how a netted month ends is known at its end only.
  const limit = Math.max(
    ...markets.map(({ countedGrossMaxUsdPerKwh }) => countedGrossMaxUsdPerKwh ?? charges + best),
  )
  const unless =
    limit > 0
      ? `It would begin to pay if delivery and fees on a neighbor’s kWh fell from ${centsPerKwh(charges)} to below ${centsPerKwh(limit)}`
      : `Even free delivery would not change that: while a month may be netted, a seller counts on ${centsPerKwh(-limit)} more from the utility than any buyer saves`
  return {
    answer: 'no',
    lead: 'No',
    sentences: [
      `: under “${scenario.tariff.label}” every traded kWh would lose the pair ${range}, so the market found no price and traded nothing.`,
      `${unless}.`,
    ],
  }
}

/** What the plant does when nobody trades. */
function withoutTrading({ results, kpis }: VerdictInput): string {
  const cost = valueOf(kpis, 'battery-cost')
  const saving = valueOf(kpis, 'battery-saving')
  if (cost === null) return 'There is no battery either: every bill is what it would be with solar only.'
  const count = homesOf(results).filter(({ batteryKwh }) => batteryKwh > 0).length
  const payback = valueOf(kpis, 'battery-payback')
  const owners = count === 1 ? 'The battery' : `The ${plural(count, 'battery', 'batteries')}`
  if (saving === null) {
    const days = results.simulatedDays
    const saved = savingsByBattery(results).reduce(
      (sum, { usdPerYear }) => sum + (usdPerYear * days) / 365,
      0,
    )
    const verb = saved < 0 ? ['costs', 'cost'] : ['saves', 'save']
    return `In ${plural(days, 'day')} ${owners[0].toLowerCase()}${owners.slice(1)} ${verb[count === 1 ? 0 : 1]} ${usd(Math.abs(saved))}; whether ${count === 1 ? 'it pays' : 'they pay'} back is not verifiable from so few.`
  }
  if (payback === null) {
    return `${owners} ${count === 1 ? 'raises' : 'raise'} the bills by ${usd(-saving)} a year and ${count === 1 ? 'costs' : 'cost'} ${usd(cost)}: a loss.`
  }
  return `${owners} ${count === 1 ? 'saves' : 'save'} ${usd(saving)} a year and ${count === 1 ? 'costs' : 'cost'} ${usd(cost)}: a simple payback of ${threeFigures(payback)} years.`
}
