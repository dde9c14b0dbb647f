import type { BatteryStory } from '../data/burn-study.ts'
import { timePanels } from './charts/time-panels.ts'
import type { FigureSpec } from './html/figure.ts'
import { table } from './html/table.ts'
import { plural, threeFigures } from './number-format.ts'

/** One battery over some days: what it truly held, what telemetry said, and what its tokens claimed. */
export function burnStoryFigure(story: BatteryStory, id: string): FigureSpec {
  const count = story.energyKwh.length
  const beyond = story.activeKwh.map((active, at) => Math.max(0, active - story.energyKwh[at]))
  const most = beyond.reduce((a, b) => Math.max(a, b), 0)
  const burned = story.burnedKwh.map((one) => one - story.burnedKwh[0])
  const anchors = story.anchors.filter((one) => one !== 0).length
  const perDay = Math.round(24 / story.stepHours)
  const days = Math.floor(count / perDay)
  const ticks = Array.from({ length: days }, (_, day) => ({ at: day * perDay, label: String(day + 1) }))
  const last = (values: readonly number[]) => threeFigures(values.at(-1) ?? 0)
  const mean = (values: readonly number[]) => threeFigures(values.reduce((a, b) => a + b, 0) / count)
  return {
    id,
    title: `One battery’s story: over ${days} days its active tokens ${most < 0.001 ? 'never exceed what it holds' : `exceed what it holds by at most ${threeFigures(most)} kWh`}; ${last(burned)} kWh are verified as lost and burned`,
    draw: (width) =>
      timePanels(
        [
          {
            unit: 'kWh',
            height: 130,
            series: [
              { label: 'truly deliverable', className: 'battery', kind: 'area', values: story.energyKwh },
              { label: 'telemetry says', className: 'grid', kind: 'dashed', values: story.reportedKwh },
              { label: 'active tokens', className: 'trade', kind: 'line', values: story.activeKwh },
            ],
          },
          {
            unit: 'kWh',
            height: 60,
            series: [
              { label: 'set aside', className: 'load', kind: 'line', values: story.setAsideKwh },
              { label: 'burned since day 1', className: 'loss', kind: 'line', values: burned },
            ],
          },
        ],
        {
          width,
          alternative: `Deliverable energy, energy by telemetry, active tokens, tokens set aside and burned of one battery over ${days} days.`,
          count,
          ticks,
          between: true,
        },
      ),
    note: `${story.label}, ${threeFigures(story.capacityKwh)} kWh; day 1 begins ${threeFigures(story.firstHour / 24)} days into its life; ${plural(anchors, 'anchor')}. Tokens are set aside when the prediction’s lower bound does not back them, and burned only at an anchor. The truth is known to the simulation alone.`,
    data: table(
      [{ label: 'Over the days' }, { label: 'Mean', unit: 'kWh', number: true }],
      [
        ['Truly deliverable', mean(story.energyKwh)],
        ['Telemetry says', mean(story.reportedKwh)],
        ['Lower bound of the prediction', mean(story.lowKwh)],
        ['Active tokens', mean(story.activeKwh)],
        ['Active beyond what is there', mean(beyond)],
        ['Set aside', mean(story.setAsideKwh)],
        ['Burned from first to last day', last(burned)],
      ],
      { caption: 'One battery’s tokens and energy over some days' },
    ),
  }
}
