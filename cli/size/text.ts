import type { SizingOption, SizingResult } from '../../data/sizing-result.ts'
import { percent, plural, signedUsd, threeFigures, usd } from '../../reports/number-format.ts'
import { answerText, neighborText, rateText, sizeWords, yearsText } from '../../reports/sizing/words.ts'
import { wordWrap } from '../../scenarios/word-wrap.ts'
import { table } from '../output.ts'

const WIDTH = 78

const wrapped = (text: string): string =>
  wordWrap(text.replaceAll('\u00a0', ' '), WIDTH)
    .map((line) => `  ${line}`)
    .join('\n')

const plain = (value: string): string => value.replaceAll('\u00a0', ' ')

const row = (option: SizingOption): string[] => [
  `  ${option.label}`,
  option.panelsKw === 0 ? '' : threeFigures(option.panelsKw),
  option.batteryKwh === 0 ? '' : threeFigures(option.batteryKwh),
  usd(option.costUsd),
  usd(option.chargeUsdPerMonth),
  signedUsd(option.npvUsd),
  option.costUsd === 0 ? '' : option.paybackYears === null ? 'never' : option.paybackYears.toFixed(1),
]

/** The answer for a terminal of 80 columns. */
export function sizeText(result: SizingResult): string {
  const { home, tariff, options, looked, solarRoof, years } = result
  const { lead, sentence } = answerText(result)
  return [
    wrapped(`${lead}: ${sentence}`),
    '',
    wrapped(
      `${home.place}; ${home.load}, ${threeFigures(home.kwhPerYear)} kWh a year; roof ${threeFigures(home.roofKw)} kW, ${home.tiltDeg}° at ${home.azimuthDeg}°, ${threeFigures(home.yieldKwhPerKw)} kWh/kW; ${home.budgetUsd === null ? 'no budget' : `budget ${usd(home.budgetUsd)}`}. ${tariff.label}, ${tariff.exports}.`,
    ),
    '',
    plain(
      table(
        [
          ['', 'panels', 'battery', 'cost', 'a month', 'NPV', 'payback'],
          ['', 'kW', 'kWh', 'USD', 'net', `${years} years`, 'years'],
          ...options.map(row),
        ],
        [false, true, true, true, true, true, true],
      ),
    ),
    '',
    ...(looked.costUsd === 0 ? [] : lookedText(result)),
    wrapped(incentiveText(result)),
    wrapped(`Neighbors: ${neighborText(result)}`),
    ...(solarRoof.panelsKw === 0 ? [] : [wrapped(solarRoofText(solarRoof))]),
    ...result.notes.map((note) => wrapped(note)),
    wrapped(`Again: ${result.command}`),
  ].join('\n')
}

/** What was looked at, with its intervals. */
function lookedText({ detail, uncertainty, looked, discounting }: SizingResult): string[] {
  const { npvUsd, savingUsdPerMonth, paybackYears, reachedShare, gainShare, draws, seed } = uncertainty
  const { carbonMarginalKgPerYear: marginal, carbonAverageKgPerYear: average } = detail
  const kg = (value: number | null): string => (value === null ? 'not given' : `${threeFigures(value)} kg`)
  const cents = (value: number | null): string =>
    value === null ? 'none' : `${(value * 100).toFixed(1)} ¢/kWh`
  return [
    wrapped(`With ${sizeWords(looked)}:`),
    plain(
      table([
        [
          '  NPV',
          `${signedUsd(looked.npvUsd)}  (P10 ${signedUsd(npvUsd.p10)}, P90 ${signedUsd(npvUsd.p90)})`,
        ],
        [
          '  Saved a month',
          `${usd(looked.savingUsdPerMonth)}  (P10 ${usd(savingUsdPerMonth.p10)}, P90 ${usd(savingUsdPerMonth.p90)})`,
        ],
        [
          '  Payback',
          paybackYears === null
            ? 'not reached in any draw'
            : `${yearsText(looked.paybackYears)}  (P10 ${paybackYears.p10.toFixed(1)}, P90 ${paybackYears.p90.toFixed(1)}; reached in ${percent(reachedShare)})`,
        ],
        ['  discounted', yearsText(looked.discountedPaybackYears)],
        ['  Internal rate', rateText(looked.internalRate)],
        ['  Solar costs', cents(detail.lcoeUsdPerKwh)],
        ...(detail.lcosWithoutChargingUsdPerKwh === null
          ? []
          : [
              [
                '  Storage costs',
                `${cents(detail.lcosUsdPerKwh)} with charging, ${cents(detail.lcosWithoutChargingUsdPerKwh)} without`,
              ],
            ]),
        ['  CO₂ less a year', `${kg(marginal)} by marginal or ${kg(average)} by average factor`],
      ]),
    ),
    '',
    wrapped(
      `Draws: ${draws}, seed ${seed}; worth more than nothing in ${percent(gainShare)}. NPV at ${discounting.map(({ rate, npvUsd: npv }) => `${percent(rate)}: ${signedUsd(npv)}`).join(', ')}.`,
    ),
  ]
}

function incentiveText({ detail }: SizingResult): string {
  if (detail.incentives.length === 0) return 'Incentives: none taken.'
  const parts = detail.incentives.map(({ id, eligible, onceUsd, yearlyUsd, years, until }) => {
    if (!eligible) return `${id} ended ${until}`
    if (onceUsd > 0) return `${id} ${usd(onceUsd)} once`
    return yearlyUsd > 0 ? `${id} ${usd(yearlyUsd)} a year for ${plural(years, 'year')}` : `${id} nothing`
  })
  return `Incentives: ${parts.join(', ')}.`
}

function solarRoofText({
  panelsKw,
  roofUsdPerW,
  npvUsd,
  breakEvenUsdPerW,
  asPanelsUsdPerW,
  plainRoofUsd,
}: SizingResult['solarRoof']): string {
  const beside = plainRoofUsd === 0 ? '' : ` (a plain roof of ${usd(plainRoofUsd)} saved)`
  const limits =
    breakEvenUsdPerW === null
      ? 'it pays at no price'
      : `it pays up to ${usd(breakEvenUsdPerW)}/W${asPanelsUsdPerW === null ? '' : ` and is as good as panels at ${usd(asPanelsUsdPerW)}/W`}`
  return `Solar roof of ${threeFigures(panelsKw)} kW${beside}: ${roofUsdPerW === null ? 'its price is not verified' : `at ${usd(roofUsdPerW)}/W, given and not verified, worth ${signedUsd(npvUsd ?? 0)}`}; ${limits}.`
}
