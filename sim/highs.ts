import highsPackage, { type Highs, type IndexSelection } from 'highs'
import type {
  LinearAnswer,
  LinearModel,
  LinearProgram,
  LinearSolver,
} from '../models/dispatch/linear-program.ts'

/** The package's types describe its CommonJS form; as a module its default is the loader itself. */
const loadHighs = highsPackage as unknown as () => Promise<Highs>

/**
 * HiGHS (WebAssembly) as a solver of linear programs. A model stays in memory between solves: only costs,
 * bounds and right sides are sent again, and a solve begins from the last one's basis.
 */
export async function highsSolver(): Promise<LinearSolver> {
  const highs = await loadHighs()
  return (program) => new HighsModel(highs, program)
}

class HighsModel implements LinearModel {
  readonly #highs: Highs
  readonly #model: ReturnType<Highs['createModel']>
  readonly #all: IndexSelection
  readonly #rows: IndexSelection

  constructor(highs: Highs, program: LinearProgram) {
    this.#highs = highs
    const numCols = program.cost.length
    const numRows = program.rowLower.length
    this.#model = highs.createModel({
      numCols,
      numRows,
      colCost: program.cost,
      colLower: program.lower,
      colUpper: program.upper,
      rowLower: program.rowLower,
      rowUpper: program.rowUpper,
      matrix: {
        format: 'csr',
        numRows,
        numCols,
        starts: program.starts,
        indices: program.columns,
        values: program.values,
      },
    })
    this.#model.options.set({ output_flag: false })
    this.#all = { kind: 'range', from: 0, to: numCols - 1 }
    this.#rows = { kind: 'range', from: 0, to: numRows - 1 }
  }

  solve(program: LinearProgram): LinearAnswer {
    const model = this.#model
    model.changeColsCost(this.#all, program.cost)
    model.changeColsBounds(this.#all, program.lower, program.upper)
    model.changeRowsBounds(this.#rows, program.rowLower, program.rowUpper)
    const { modelStatus } = model.run()
    if (modelStatus !== this.#highs.constants.modelStatus.optimal) {
      return { status: 'failed', reason: `HiGHS ended with status ${modelStatus}` }
    }
    return { status: 'optimal', x: model.getSolution().colValue, objective: model.getObjectiveValue() }
  }

  close(): void {
    this.#model.dispose()
  }
}
