import { median } from 'simple-statistics'
import {
  SIMULATED,
  UNCERTAIN_NAMES,
  type UncertainName,
  VIABILITY_FACTS,
} from '../../../data/viability-facts.ts'
import type { Tornado, TornadoBar } from '../../../data/viability-files.ts'
import { npvOf, owners } from './investment.ts'
import {
  baseDraw,
  type Draw,
  measuresOf,
  ofHome,
  ofRun,
  placedHomes,
  type StudyInput,
} from './study-input.ts'

/** A result that a tornado is drawn of. */
interface Result {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly of: (draw: Draw) => number
}

/** A draw with one input at an end of its range, all others as in the run. */
function alone(input: StudyInput, name: UncertainName, end: 'low' | 'high'): Draw {
  const { uncertain } = input.report.scenario.viability
  const { values, measures } = baseDraw(input)
  const simulated = (SIMULATED as readonly string[]).includes(name)
  return {
    values: { ...values, [name]: uncertain[name][end] },
    measures: simulated ? measuresOf(input, `${name}-${end}`) : measures,
  }
}

function resultsOf(input: StudyInput): Result[] {
  const homes = placedHomes(input)
  const found: Result[] = [
    {
      id: 'today',
      label: 'Middle home’s monthly net result against today’s rules',
      unit: 'USD/month',
      of: ({ measures }) => median(homes.map(({ at }) => ofHome(measures, at, 'today'))),
    },
  ]
  if (input.plan.exportUsdPerKwh.length > 0)
    found.push({
      id: 'trading',
      label: 'Mean home’s monthly gain by trading',
      unit: 'USD/month',
      of: ({ measures }) => ofRun(measures, 'tradingGain'),
    })
  if (owners(input).length > 0)
    found.push(
      {
        id: 'npv-solar-battery',
        label: 'Net present value of solar and battery, mean owner',
        unit: 'USD',
        of: (draw) => npvOf(input, 'solar-battery', draw),
      },
      {
        id: 'npv-battery',
        label: 'Net present value of a battery beside solar, mean owner',
        unit: 'USD',
        of: (draw) => npvOf(input, 'battery', draw),
      },
    )
  return found
}

const width = ({ lowResult, highResult }: TornadoBar): number => Math.abs(highResult - lowResult)

/** One input at a time from its low to its high value; bars that move nothing are left out. */
export function tornados(input: StudyInput): Tornado[] {
  const { uncertain } = input.report.scenario.viability
  return resultsOf(input).map(({ id, label, unit, of }) => {
    const bars = UNCERTAIN_NAMES.map((name): TornadoBar => {
      const { what, unit: unitOf } = VIABILITY_FACTS[name]
      return {
        variable: name,
        label: what,
        unit: unitOf,
        lowInput: uncertain[name].low,
        highInput: uncertain[name].high,
        lowResult: of(alone(input, name, 'low')),
        highResult: of(alone(input, name, 'high')),
      }
    })
    const moving = bars.filter((bar) => width(bar) > 1e-9)
    return {
      id,
      label,
      unit,
      base: of(baseDraw(input)),
      bars: moving.toSorted((a, b) => width(b) - width(a)),
    }
  })
}
