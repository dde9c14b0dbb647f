import { describe, expect, test } from 'vitest'
import { batterySingles, dischargedByYear, equipmentProject, type HomeEquipment } from './home-equipment.ts'
import { projectFlows } from './project.ts'

const equipment: HomeEquipment = {
  years: 5,
  solarKw: 4,
  solarUsdPerKw: 3000,
  solarUpkeepUsdPerKwYear: 30,
  batteryKwh: 10,
  batteryUsdPerKwh: 1000,
  batteryUpkeepFraction: 0.02,
  batteryLifeYears: 2,
  solarSavingUsd: 1000,
  batterySavingUsd: 500,
  priceEscalation: 0.02,
  upkeepEscalation: 0,
  solarFade: 0.01,
  batteryFade: 0.1,
  incentives: [{ label: 'program', onceUsd: 2000, yearlyUsd: 100, years: 3 }],
}

const line = (label: string) => {
  const { lines } = projectFlows(equipmentProject(equipment))
  const sum = new Float64Array(6)
  for (const one of lines) if (one.label === label) one.usd.forEach((usd, year) => (sum[year] += usd))
  return [...sum]
}

describe('a home’s equipment, laid out in years by hand', () => {
  test('investment less what is given at once', () => {
    expect(line('investment')).toEqual([-(12_000 + 10_000 - 2000), 0, 0, 0, 0, 0])
    expect(line('program')).toEqual([0, 100, 100, 100, 0, 0])
    expect(line('upkeep')).toEqual([0, -320, -320, -320, -320, -320])
  })

  test('a battery’s saving fades until it is replaced and is then as new, at the year’s prices', () => {
    const usd = line('bills, by the battery')
    ;[500, 500 * 1.02 * 0.9, 500 * 1.02 ** 2, 500 * 1.02 ** 3 * 0.9, 500 * 1.02 ** 4].forEach((value, at) =>
      expect(usd[at + 1]).toBeCloseTo(value, 9),
    )
    expect([...dischargedByYear(equipment, 100)]).toEqual([0, 100, 90, 100, 90, 100])
  })

  test('it is replaced in years 2 and 4, and half of the last is left', () => {
    expect(batterySingles(equipment).map(({ year, usd }) => [year, usd])).toEqual([
      [2, -10_000],
      [4, -10_000],
      [5, 5000],
    ])
    expect(batterySingles({ ...equipment, batteryLifeYears: 5 })).toEqual([])
    expect(batterySingles({ ...equipment, batteryKwh: 0 })).toEqual([])
  })
})
