import { describe, expect, test } from 'vitest'
import { copyOfReferences } from './testing-copy.ts'

describe('a copy of the bill references', () => {
  const { edit, validate, failed, problems } = copyOfReferences(['golden-bills'])
  const name = 'golden-bills/home_random00_m0.json'

  test('all ten agree, each of the five metering rules twice', () => {
    expect(validate()).toMatchObject({ passed: true, references: 10 })
  })

  test('one month’s bill, a cent off, fails its check alone', () => {
    edit(name, (text) =>
      text.replace(
        /("monthly_bill_with_system":\[)([\d.]+)/,
        (_, head: string, bill: string) => head + (Number(bill) + 0.01),
      ),
    )
    expect(failed()).toEqual([`${name}: bill with system, every month`])
  })

  test('another metering rule than the reference had is found out', () => {
    edit(name, (text) => text.replace('"ur_metering_option":0', '"ur_metering_option":2'))
    expect(failed()).toContain(`${name}: bill with system, every month`)
  })

  test('another rate is found out', () => {
    edit(name, (text) =>
      text.replace(/"rate":(0\.\d+)/, (_, rate: string) => `"rate":${Number(rate) + 0.001}`),
    )
    expect(failed()).toContain(`${name}: energy charge, every month`)
  })

  test.each([
    [
      'a rule that does not exist',
      (text: string) => text.replace('"ur_metering_option":0', '"ur_metering_option":7'),
      'ur_metering_option',
    ],
    [
      'a period that does not exist',
      (text: string) => text.replace(/"weekday_12x24":\[\[\d/, '"weekday_12x24":[[9'),
      'names period 9',
    ],
    [
      'eleven bills',
      (text: string) => text.replace(/("monthly_bill_with_system":\[)[\d.]+,/, '$1'),
      'monthly_bill_with_system',
    ],
    ['no rates', (text: string) => text.replace(/"rates":\[.*?\]\],/s, '"rates":[],'), 'tariff.rates'],
  ])('%s is told, and the rest still checked', (_, change, words) => {
    edit(name, change)
    expect(problems().join('\n')).toContain(words)
  })
})
