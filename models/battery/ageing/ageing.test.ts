import { describe, expect, test } from 'vitest'
import { AGEING_MODELS, newAgeing, type Ageing } from './ageing.ts'
import { BLAST_CELLS } from './blast/registry.ts'

/** A day of a home: charged at noon, emptied in the evening; [0, 1] by the hour of the day. */
const homeSoc = (hour: number): number => {
  const h = hour % 24
  if (h < 9) return 0.15
  if (h < 13) return 0.15 + 0.2 * (h - 9)
  if (h < 18) return 0.95
  if (h < 22) return 0.95 - 0.2 * (h - 18)
  return 0.15
}
const homeC = (hour: number): number =>
  16 + 8 * Math.sin((2 * Math.PI * (hour - 2500)) / 8760) + 4 * Math.sin((2 * Math.PI * (hour - 9)) / 24)

function aged(
  model: string,
  years: number,
  stepMinutes: number,
  soc: (hour: number) => number = homeSoc,
  temperature: (hour: number) => number = homeC,
): Ageing {
  const ageing = newAgeing(model)
  if (ageing === null) throw new Error(`${model} is the battery's own`)
  const hours = stepMinutes / 60
  for (let step = 0; step < (years * 8760) / hours; step++) {
    const hour = step * hours
    ageing.step(soc(hour), soc(hour + hours), temperature(hour + hours / 2), hours)
  }
  return ageing
}
const fade = (...args: Parameters<typeof aged>): number => 1 - aged(...args).healthFraction

test('every cell model of BLAST-Lite 1.1.1 is there, once', () => {
  expect(BLAST_CELLS.map(({ id }) => id).toSorted()).toEqual([
    'Lfp_Gr_250AhPrismatic',
    'Lfp_Gr_SonyMurata3Ah_Battery',
    'Lmo_Gr_NissanLeaf66Ah_2ndLife_Battery',
    'NCA_GrSi_SonyMurata2p5Ah_Battery',
    'NMC_Gr_50Ah_B1',
    'NMC_Gr_50Ah_B2',
    'NMC_Gr_75Ah_A',
    'Nca_Gr_Panasonic3Ah_Battery',
    'Nmc111_Gr_Kokam75Ah_Battery',
    'Nmc111_Gr_Sanyo2Ah_Battery',
    'Nmc622_Gr_DENSO50Ah_Battery',
    'Nmc811_GrSi_LGM50_5Ah_Battery',
    'Nmc811_GrSi_LGMJ1_4Ah_Battery',
    'Nmc_Lto_10Ah_Battery',
  ])
})

describe.each(AGEING_MODELS)('%s', (model) => {
  test('capacity does not depend on the length of a step: 5, 15, 60 minutes within 0.5 %', () => {
    const health = [5, 15, 60].map((minutes) => aged(model, 1, minutes).healthFraction)
    for (const other of health) expect(Math.abs(other - health[0])).toBeLessThan(0.005 * health[0])
  })

  test('is new at first, then between 0 and 1, and a second year leaves less', () => {
    expect(newAgeing(model)?.healthFraction).toBeGreaterThan(0.995)
    const one = aged(model, 1, 60).healthFraction
    const three = aged(model, 3, 60).healthFraction
    expect(one).toBeLessThanOrEqual(1)
    // Titanate gains for a while, as measured.
    expect(three).toBeLessThanOrEqual(model === 'Nmc_Lto_10Ah_Battery' ? 1 : one)
    expect(three).toBeGreaterThan(0)
  })

  test('rest is finite at both ends of charge, hot and cold', () => {
    for (const soc of [0, 1]) {
      for (const celsius of [-10, 45]) {
        const { healthFraction, outsideDays } = aged(
          model,
          0.2,
          60,
          () => soc,
          () => celsius,
        )
        expect(healthFraction).toBeGreaterThanOrEqual(0)
        expect(healthFraction).toBeLessThanOrEqual(1)
        expect(outsideDays).toBe(0)
      }
    }
  })
})

test.each(['Lfp_Gr_250AhPrismatic', 'NMC_Gr_50Ah_B1', 'sam-lfp', 'sam-nmc'])(
  'fade of %s with 5, 15 and 60 minutes is within 0.5 % of itself over three years',
  (model) => {
    const fades = [5, 15, 60].map((minutes) => fade(model, 3, minutes))
    for (const other of fades) expect(Math.abs(other - fades[0])).toBeLessThan(0.005 * fades[0])
  },
)

test.each(['Lfp_Gr_250AhPrismatic', 'Nmc811_GrSi_LGMJ1_4Ah_Battery', 'sam-lfp'])(
  'heat ages %s at rest',
  (model) => {
    const rest = (celsius: number) =>
      fade(
        model,
        1,
        60,
        () => 0.6,
        () => celsius,
      )
    expect(rest(40)).toBeGreaterThan(rest(15) * 1.2)
  },
)

test.each(['Lfp_Gr_250AhPrismatic', 'sam-lfp', 'Nca_Gr_Panasonic3Ah_Battery'])('use ages %s', (model) => {
  const rest = fade(model, 1, 60, () => 0.5)
  expect(fade(model, 1, 60)).toBeGreaterThan(rest)
})

test.each(BLAST_CELLS.map(({ id }) => id))(
  '%s: days near empty, then charged, take no life in a day',
  (model) => {
    const ageing = newAgeing(model)
    if (ageing === null) throw new Error(`${model} is the battery's own`)
    for (let hour = 0; hour < 20 * 24; hour++) {
      const soc = hour < 5 * 24 ? 0.005 : homeSoc(hour)
      ageing.step(soc, hour < 5 * 24 - 1 ? 0.005 : homeSoc(hour + 1), 25, 1)
    }
    expect(ageing.healthFraction).toBeGreaterThan(0.9)
  },
)
