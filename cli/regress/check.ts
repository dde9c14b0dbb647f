import { FIGURES } from '../../reports/kpi/figures.ts'
import { DEFAULT_TOLERANCE, type Golden, type GoldenScenario, type Tolerance } from './golden.ts'

/** One figure held to its golden value. */
export interface CheckedFigure {
  readonly id: string
  readonly unit: string
  readonly golden: number | null
  readonly found: number | null
  /** Largest difference that passes. */
  readonly allowed: number
  readonly ok: boolean
}

export interface CheckedScenario {
  readonly name: string
  readonly index: number
  readonly runId: string
  readonly figures: readonly CheckedFigure[]
  /** Figures that the golden file does not have yet. */
  readonly unknown: readonly string[]
  readonly seconds: number
}

const valueOf = (figure: GoldenScenario['kpis'][string]): number | null =>
  typeof figure === 'object' && figure !== null ? figure.value : figure

/** The nearest tolerance that says something: of the figure, the scenario, the file, the default. */
function allowedFor(value: number | null, ...levels: readonly (Tolerance | undefined)[]): number {
  const { absolute = 0, relative = 0 } =
    levels.find((one) => one?.absolute !== undefined || one?.relative !== undefined) ?? DEFAULT_TOLERANCE
  return Math.max(absolute, relative * Math.abs(value ?? 0))
}

/** Holds the figures of a run to those of a golden scenario. */
export function checkFigures(
  { kpis, tolerance }: GoldenScenario,
  golden: Pick<Golden, 'tolerance'>,
  found: Readonly<Record<string, number | null>>,
): Pick<CheckedScenario, 'figures' | 'unknown'> {
  const figures = Object.entries(kpis).map(([id, figure]): CheckedFigure => {
    const value = valueOf(figure)
    const own = typeof figure === 'object' && figure !== null ? figure : undefined
    const allowed = allowedFor(value, own, tolerance, golden.tolerance)
    const now = found[id] ?? null
    const ok = value === null || now === null ? value === now : Math.abs(now - value) <= allowed
    const unit = FIGURES.find((one) => one.id === id)?.unit ?? ''
    return { id, unit, golden: value, found: now, allowed, ok }
  })
  return { figures, unknown: Object.keys(kpis).length === 0 ? Object.keys(found) : [] }
}

/** One line: figure, golden, found, difference, what would pass. */
export function differenceText({ id, unit, golden, found, allowed }: CheckedFigure): string {
  const by = golden === null || found === null ? '' : `, ${found > golden ? '+' : ''}${found - golden}`
  return `${id} is ${found ?? 'none'}, golden ${golden ?? 'none'} ${unit}${by}; may differ by ${allowed}`
}
