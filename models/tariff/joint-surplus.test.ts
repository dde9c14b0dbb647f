import { expect, test } from 'vitest'
import { jointSurplus, whyNoPrice } from './joint-surplus.ts'

test('Massachusetts: a neighbor still pays delivery, a net-metered seller gives up retail', () => {
  // 32.83 cents retail of which 18.16 are delivery; net excess earns 27.27 (facts-economics.md, §0).
  expect(jointSurplus(0.3283, 0.1816, 0.2727)).toBeCloseTo(-0.126, 4)
  expect(jointSurplus(0.3283, 0.1816, 0.3283)).toBeCloseTo(-0.1816, 4)
})

test('the sentence names what each side gives up and what the pair loses', () => {
  const sentence = whyNoPrice(0.3283, 0.1816, 0.2727)
  for (const part of ['32.8 ¢', '18.2 ¢', '14.7 ¢', '27.3 ¢', '12.6 ¢']) expect(sentence).toContain(part)
})
