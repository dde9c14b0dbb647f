import { escape } from '../../reports/html/markup.ts'
import { type CheckedScenario, differenceText } from './check.ts'

/** JUnit's XML, as CI systems read it: a suite a scenario, a case a figure. */
export function junitXml(checked: readonly CheckedScenario[]): string {
  const count = (one: CheckedScenario) => one.figures.filter(({ ok }) => !ok).length
  const suites = checked.map((one) => {
    const cases = one.figures.map((figure) => {
      const open = `    <testcase classname="${escape(one.name)}" name="${escape(figure.id)}" time="0"`
      return figure.ok
        ? `${open}/>`
        : `${open}>\n      <failure message="${escape(differenceText(figure))}" type="differs"/>\n    </testcase>`
    })
    return [
      `  <testsuite name="${escape(one.name)}" tests="${one.figures.length}" failures="${count(one)}" time="${one.seconds}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n')
  })
  const tests = checked.reduce((sum, { figures }) => sum + figures.length, 0)
  const failures = checked.reduce((sum, one) => sum + count(one), 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="vpp regress" tests="${tests}" failures="${failures}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n')
}

/** GitHub's workflow command takes its text with these marks escaped. */
const forGitHub = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const forGitHubProperty = (text: string): string =>
  forGitHub(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** An annotation on the line of each golden value that differs. */
export function gitHubAnnotations(
  file: string,
  checked: readonly CheckedScenario[],
  placeOf: (path: readonly PropertyKey[]) => string,
): string[] {
  return checked.flatMap(({ name, index, figures }) =>
    figures
      .filter(({ ok }) => !ok)
      .map((figure) => {
        const [line, column] = placeOf(['scenarios', index, 'kpis', figure.id]).split(':')
        const title = forGitHubProperty(`${name}: ${figure.id}`)
        return `::error file=${forGitHubProperty(file)},line=${line},col=${column},title=${title}::${forGitHub(differenceText(figure))}`
      }),
  )
}
