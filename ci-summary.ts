import type { Reporter, TestCase } from 'vitest/node'

/** Closes a CI run with one plain line: how many tests passed, failed and were not run. */
export default class CiSummary implements Reporter {
  #count = { passed: 0, failed: 0, skipped: 0 }

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result()
    if (state !== 'pending') this.#count[state]++
  }

  onTestRunEnd(): void {
    const { passed, failed, skipped } = this.#count
    process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`)
  }
}
