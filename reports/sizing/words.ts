import type { SizingInternalRate, SizingOption, SizingResult } from '../../data/sizing-result.ts'
import { percent, plural, signedUsd, threeFigures, usd } from '../number-format.ts'

/** Panels and battery in words. */
export function sizeWords({ panelsKw, batteryKwh, batteryKw }: SizingOption): string {
  const parts = [
    panelsKw > 0 ? `${threeFigures(panelsKw)} kW of panels` : '',
    batteryKwh > 0 ? `a battery of ${threeFigures(batteryKwh)} kWh and ${threeFigures(batteryKw)} kW` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? 'nothing' : parts.join(' and ')
}

export const yearsText = (years: number | null): string =>
  years === null ? 'not reached' : years === 0 ? 'at once' : `${years.toFixed(1)} years`

/** An internal rate, with "none" and "multiple" said. */
export function rateText(rate: SizingInternalRate): string {
  if (rate.kind === 'none') return 'none'
  if (rate.kind === 'multiple') return `multiple (${rate.rates.map((one) => percent(one)).join(', ')})`
  return percent(rate.rate)
}

/** The answer: first words, and a sentence. */
export function answerText(result: SizingResult): { lead: string; sentence: string } {
  const { answer, looked, years, discountFraction, uncertainty } = result
  const over = `over ${plural(years, 'year')} at ${percent(discountFraction)}`
  if (answer.costUsd === 0) {
    if (looked.costUsd === 0) return { lead: 'Nothing', sentence: 'no size is within roof and budget.' }
    return {
      lead: 'Nothing',
      sentence: `every size is worth less than it costs ${over}. What comes nearest is ${sizeWords(looked)}: ${usd(looked.costUsd)}, worth ${signedUsd(looked.npvUsd)}; it gains in ${percent(uncertainty.gainShare)} of ${plural(uncertainty.draws, 'draw')}.`,
    }
  }
  return {
    lead: sizeWords(answer).replace(/^./, (letter) => letter.toUpperCase()),
    sentence: `for ${usd(answer.costUsd)}. The net charge falls from ${usd(answer.chargeUsdPerMonth + answer.savingUsdPerMonth)} to ${usd(answer.chargeUsdPerMonth)} a month, the money is back in ${yearsText(answer.paybackYears)}, and ${over} it is worth ${signedUsd(answer.npvUsd)} (P10 ${signedUsd(uncertainty.npvUsd.p10)}, P90 ${signedUsd(uncertainty.npvUsd.p90)}).`,
  }
}

/** Why, or why not, buying from neighbors helps. */
export function neighborText({ neighbors, options }: SizingResult): string {
  const option = options.find(({ id }) => id === 'neighbors')!
  const limits =
    neighbors.deliveryUsdPerKwh === 0 ? ' No delivery is charged on it, which favors trading.' : ''
  const netted = neighbors.netting
    ? ' That holds for what the seller has left over after netting; a kWh that offsets its own use is worth the full price to it, and then nobody gains.'
    : ''
  const found =
    neighbors.whyNothing === ''
      ? `At the middle price within both limits the home would buy ${threeFigures(neighbors.boughtKwhPerYear)} kWh a year from a neighbor with ${threeFigures(neighbors.sellerPanelsKw)} kW of panels, and save ${usd(option.savingUsdPerMonth)} a month without a plant of its own.${netted}${limits}`
      : `${neighbors.whyNothing} So nothing is bought.`
  return `${found} ${neighbors.legal}`
}
