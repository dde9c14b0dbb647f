/**
 * Operations from their words, by the written specification and not by the contract's table. `n` is a
 * number of one word, `q` of two, `t` a text.
 */
const LOT = { lotAsset: 'n', lotMinute: 'n', lotSource: 'n', lotFrom: 'q' } as const

const FORMS: Record<number, [name: string, fields: Record<string, 'n' | 'q' | 't'>]> = {
  1: [
    'register',
    {
      actor: 'n',
      account: 'n',
      role: 'n',
      agent: 'n',
      opening: 'q',
      creditLimit: 'q',
      label: 't',
      credential: 't',
    },
  ],
  2: [
    'createAsset',
    {
      actor: 'n',
      asset: 'n',
      kind: 'n',
      owner: 'n',
      site: 'n',
      interval: 'n',
      nameplateW: 'n',
      energy: 'q',
      deliverable: 'q',
      standbyW: 'n',
      factor: 'n',
      location: 't',
      label: 't',
    },
  ],
  3: ['mint', { actor: 'n', asset: 'n', minute: 'n', carbon: 'n', milliWh: 'q' }],
  4: ['exchange', { actor: 'n', ...LOT, battery: 'n', milliWh: 'q' }],
  5: ['offer', { actor: 'n', ...LOT, minute: 'n', rate: 'n', milliWh: 'q' }],
  6: ['cancel', { actor: 'n', ...LOT }],
  7: ['trade', { actor: 'n', ...LOT, use: 'n', target: 'n', rate: 'n', milliWh: 'q' }],
  8: ['burn', { actor: 'n', ...LOT, reason: 'n', minute: 'n', milliWh: 'q' }],
  9: ['setAside', { actor: 'n', ...LOT, milliWh: 'q' }],
  10: ['release', { actor: 'n', ...LOT, milliWh: 'q' }],
  11: ['settle', { actor: 'n', account: 'n', site: 'n', minute: 'n', exported: 'q', amount: 'q' }],
  12: ['setTariff', { actor: 'n', fee: 'n' }],
  13: ['reading', { actor: 'n', battery: 'n', minute: 'n', charge: 'q', discharge: 'q' }],
  14: ['anchor', { actor: 'n', battery: 'n', minute: 'n', kind: 'n' }],
  15: ['setFactor', { actor: 'n', battery: 'n', factor: 'n' }],
  16: ['closeInterval', { actor: 'n', site: 'n', minute: 'n' }],
}

/** One decoded operation: its name, numbers by name, texts by name. */
export interface Decoded {
  readonly op: string
  readonly n: Readonly<Record<string, number>>
  readonly t: Readonly<Record<string, string>>
}

/** Decodes `count` operations; throws an Error that says what is malformed. */
export function decode(words: Int32Array, count: number): Decoded[] {
  const list: Decoded[] = []
  let at = 0
  for (let index = 0; index < count; index++) {
    const form = FORMS[(words[at] ?? 0) & 255]
    if (form === undefined) throw new Error(`operation ${index} has an unknown code`)
    const end = at + (words[at] >>> 8)
    const n: Record<string, number> = {}
    const t: Record<string, string> = {}
    at++
    for (const field in form[1]) {
      const type = form[1][field]
      if (type === 'n') n[field] = words[at++]
      else if (type === 'q') {
        n[field] = (words[at] >>> 0) + words[at + 1] * 2 ** 32
        at += 2
      } else {
        const length = words[at]
        const bytes = Buffer.from(words.buffer, words.byteOffset + at * 4 + 4, length)
        t[field] = bytes.toString('utf8')
        at += 1 + Math.ceil(length / 4)
      }
    }
    if (at !== end) throw new Error(`operation ${index} does not have the length that it says`)
    list.push({ op: form[0], n, t })
  }
  if (at !== words.length) throw new Error('words are left over after the last operation')
  return list
}
