import { markup } from '../html/markup.ts'
import { cashFigure, mapFigure, swingFigure } from '../sizing/figures.ts'
import { optionTable } from '../sizing/render.ts'
import { answerText, neighborText, sizeWords } from '../sizing/words.ts'
import type { ViabilitySection } from './section.ts'

/** How much solar one home should buy: a household's own case, beside what trading changes. */
export const sizing: ViabilitySection = {
  id: 'sizing',
  title: ({ viability: { sizing: result } }) =>
    result === undefined ? '' : `How much solar one home should buy: ${sizeWords(result.answer)}`,
  applies: ({ viability }) => viability.sizing !== undefined,
  render: ({ viability: { sizing: result }, figure }) => {
    if (result === undefined) return markup``
    const { lead, sentence } = answerText(result)
    const { home, tariff } = result
    return markup`<p>Not a home of this run, but one that asks: ${home.place}, ${home.load}, under ${tariff.label}, ${tariff.exports}. <code>${result.command}</code> answers the same; other places, bills, roofs and tariffs are asked in the same way.</p>
<p><strong>${lead}:</strong> ${sentence}</p>
${optionTable(result)}
<p>${neighborText(result)}</p>
${result.map.length > 1 ? figure(mapFigure(result)) : ''}
${result.answer.costUsd > 0 ? figure(cashFigure(result)) : ''}
${result.uncertainty.swings.length > 0 ? figure(swingFigure(result)) : ''}`
  },
}
