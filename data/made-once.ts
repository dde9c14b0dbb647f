/** What was made of some keys, by the first of them. */
interface Level {
  readonly objects: WeakMap<WeakKey, unknown>
  readonly words: Map<unknown, unknown>
}

/** Numbers and words are no one's: a sweep over one of them must not fill the memory. */
const WORDS_KEPT = 32

const newLevel = (): Level => ({ objects: new WeakMap(), words: new Map() })

const isObject = (key: unknown): key is WeakKey => typeof key === 'object' && key !== null

/**
 * The same function, which makes a thing once for each row of arguments and keeps it as long as they live: scenarios
 * of a batch share profiles, axes and tariffs, and what is derived from those. The first argument is an object;
 * objects count by identity. What is given is shared: nobody writes to it.
 */
export function madeOnce<Keys extends readonly [WeakKey, ...unknown[]], Value extends object>(
  make: (...keys: Keys) => Value,
): (...keys: Keys) => Value {
  const root = newLevel()
  return (...keys) => {
    let level = root
    for (let at = 0; at < keys.length - 1; at++) {
      const found = of(level, keys[at]) as Level | undefined
      if (found === undefined) keep(level, keys[at], (level = newLevel()))
      else level = found
    }
    const last = keys[keys.length - 1]
    const known = of(level, last) as Value | undefined
    if (known !== undefined) return known
    const made = make(...keys)
    keep(level, last, made)
    return made
  }
}

const of = (level: Level, key: unknown): unknown =>
  isObject(key) ? level.objects.get(key) : level.words.get(key)

function keep(level: Level, key: unknown, value: unknown): void {
  if (isObject(key)) level.objects.set(key, value)
  else {
    level.words.set(key, value)
    const [oldest] = level.words.keys()
    if (level.words.size > WORDS_KEPT) level.words.delete(oldest)
  }
}
