/**
 * How good are the forecasts, and how long do they take? Runs the whole evaluation and writes forecast.md beside this
 * file: `node bench/forecast.ts`. Sets of ../shared/data are left out where they are not there.
 */
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { chooseSets } from '../sim/forecast/choose-sets.ts'
import type { IntervalFigure } from '../data/forecast-evaluation.ts'
import { MODEL_NAMES } from '../models/forecast/model.ts'
import { evaluateForecasts } from '../sim/forecast/evaluate.ts'
import { loadTensorflow, tensorflowTrainer } from '../sim/forecast/tensorflow.ts'

const SEED = Number(process.argv[2] ?? 1)
const trainer = tensorflowTrainer('wasm')
let trainedMs = 0
let fits = 0
const before = process.cpuUsage()
const started = performance.now()
const found = await evaluateForecasts({
  sets: chooseSets([], [join(import.meta.dirname, '..', '..', 'shared', 'data')]),
  models: MODEL_NAMES,
  seed: SEED,
  days: null,
  trainer: {
    async train(problem) {
      const from = process.cpuUsage()
      const weights = await trainer.train(problem)
      const { user, system } = process.cpuUsage(from)
      trainedMs += (user + system) / 1000
      fits++
      return weights
    },
  },
  version: 'bench',
  command: `vpp forecast evaluate --seed ${SEED}`,
  onProgress: () => {},
})
const seconds = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const cpuSeconds = (user + system) / 1e6
const { core, backend } = await loadTensorflow('wasm')

const percent = (value: number): string => (100 * value).toFixed(1)
const interval = ({ value, low, high }: IntervalFigure): string =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`
const blocks = found.sets.flatMap((set) =>
  set.targets.map((target) => {
    const rows = target.models.map(
      (score) =>
        `| ${score.model} | ${percent(score.nMae.value)} | ${percent(score.pinball.value)} | ${score.model === 'seasonal-naive' ? 'baseline' : interval(score.skill)} | ${interval(score.coverage80)} | ${interval(score.coverage95)} |`,
    )
    const naive = target.homes.filter(({ baselineShare }) => baselineShare > 0)
    const apart = target.homes.filter(({ setApart }) => setApart !== null)
    return [
      `## ${target.target === 'load' ? 'Load' : 'Solar'}: ${set.title}`,
      '',
      `${target.homes.length - apart.length} of ${target.homes.length} homes count, ${set.scoredDays} days from ${set.firstDay}, slots of ${set.stepMinutes} minutes. Weights from ${set.trainedOn}. Weather: ${set.weather}.`,
      '',
      '| model | nMAE, % | pinball, % | skill, % | 80 % holds | 95 % holds |',
      '|---|---|---|---|---|---|',
      ...rows,
      '',
      `Seasonal naive chosen: ${naive.length === 0 ? 'nowhere' : naive.map(({ id, baselineShare }) => `${id} on ${percent(baselineShare)} % of days`).join(', ')}. Chosen model home by home, skill in %: ${target.homes.map(({ id, skill, setApart }) => `${id.split('/').at(-1)} ${percent(skill.chosen)}${setApart === null ? '' : ` (set apart: ${setApart})`}`).join(', ')}.`,
      ...(target.weather.length === 0
        ? []
        : [
            '',
            `Weather forecast: ${target.weather.map(({ errorFactor, skill }) => `${errorFactor === null ? 'none' : errorFactor === 1 ? 'as stated' : `error × ${errorFactor}`} ${interval(skill)}`).join('; ')} (skill of the chosen model in %; other than as stated without the network).`,
          ]),
      ...(target.regime === null
        ? []
        : [
            '',
            `New vehicle (${target.regime.what}), days 15 to 42: 80 % holds ${interval(target.regime.settled.coverage80)}, 95 % holds ${interval(target.regime.settled.coverage95)}. By week, all hours 80/95 %, then charging hours: ${target.regime.weeks.map((week, at) => `${at + 1}: ${percent(week.all80)}/${percent(week.all95)}, ${percent(week.charging80)}/${percent(week.charging95)}`).join('; ')}.`,
          ]),
    ].join('\n')
  }),
)
const { achieved } = found.weatherError
writeFileSync(
  join(import.meta.dirname, 'forecast.md'),
  `# Day-ahead forecasts

Rolling origin, day ahead, at homes that no weights were learnt from unless said; what the columns mean stands in the report of \`${found.command}\`. Written by \`bench/forecast.ts\`.

Node ${process.version}, TensorFlow.js ${core.version_core} (${backend}), ${cpus().length} shared cores (${cpus()[0].model}); seed ${SEED}. All of it took ${cpuSeconds.toFixed(0)} s of CPU (${seconds.toFixed(0)} s on a busy machine), of which ${(trainedMs / 1000).toFixed(0)} s were the ${fits} trainings of the network.

${achieved === null ? '' : `Simulated forecast of global light: off by ${achieved.forecastWM2.toFixed(0)} W/m² (root mean square), persistence by ${achieved.persistenceWM2.toFixed(0)}, the mean is ${achieved.meanWM2.toFixed(0)}.\n\n`}${blocks.join('\n\n')}
`,
)
