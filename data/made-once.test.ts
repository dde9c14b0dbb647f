import { expect, test } from 'vitest'
import { madeOnce } from './made-once.ts'

test('makes a thing once for each row of arguments, objects by identity', () => {
  let made = 0
  const sum = madeOnce((a: number[], b: number[], word: string) => {
    made++
    return { text: `${word}${a.concat(b).join('')}` }
  })
  const [one, two] = [[1], [2]]
  const first = sum(one, two, 'x')
  expect(first.text).toBe('x12')
  expect(sum(one, two, 'x')).toBe(first)
  expect(sum(one, two, 'y').text).toBe('y12')
  expect(sum(two, one, 'x').text).toBe('x21')
  expect(sum([1], two, 'x')).not.toBe(first)
  expect(made).toBe(4)
})

test('keeps nothing of what could not be made', () => {
  let tries = 0
  const make = madeOnce((key: object) => {
    tries++
    if (tries === 1) throw new Error('not yet')
    return { key }
  })
  const key = {}
  expect(() => make(key)).toThrow('not yet')
  expect(make(key)).toBe(make(key))
  expect(tries).toBe(2)
})

test('words are kept for a while alone: a sweep over them fills no memory', () => {
  let made = 0
  const make = madeOnce((_key: object, word: number) => ({ word, made: ++made }))
  const key = {}
  for (let word = 0; word < 100; word++) make(key, word)
  expect(make(key, 99).made).toBe(100)
  expect(make(key, 0).made).toBe(101)
})
