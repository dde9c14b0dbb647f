import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { filesOf } from '../../data/catalogue/files.ts'
import { CATALOGUE, originUrl } from '../../data/catalogue/sets.ts'
import { SHARED_DATA, testWithSharedData } from '../../testing.ts'
import { sha256Of } from './download.ts'
import { fetchSets } from './fetch.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-sets-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

test('every set has files, licence, attribution and citation; ODbL is marked', () => {
  for (const set of CATALOGUE) {
    expect(filesOf(set.id).length, set.id).toBeGreaterThan(0)
    for (const field of [set.title, set.licence, set.attribution, set.citation, set.origin.from])
      expect(field, set.id).not.toBe('')
    expect(set.shareAlike, set.id).toBe(/ODbL/.test(set.licence))
    if (set.origin.from.startsWith('github.com')) expect(set.origin.commit).toMatch(/^[0-9a-f]{40}$/)
  }
  const urls = CATALOGUE.flatMap((set) => filesOf(set.id).map(({ name }) => originUrl(set, name))).filter(
    (url) => url !== null,
  )
  expect(urls.length).toBeGreaterThan(1)
})

testWithSharedData('the catalogue is what lies beside the project, to the byte', () => {
  expect(readdirSync(SHARED_DATA).toSorted()).toEqual(CATALOGUE.map(({ id }) => id).toSorted())
  for (const { id } of CATALOGUE) {
    expect(readdirSync(join(SHARED_DATA, id)).toSorted()).toEqual(filesOf(id).map(({ name }) => name))
    for (const { name, bytes, sha256 } of filesOf(id)) {
      expect(statSync(join(SHARED_DATA, id, name)).size).toBe(bytes)
      expect(sha256Of(join(SHARED_DATA, id, name)), `${id}/${name}`).toBe(sha256)
    }
  }
})

testWithSharedData('a mirror at an address serves a set; a second time nothing is asked for', async () => {
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    createReadStream(join(SHARED_DATA, decodeURIComponent(request.url ?? ''))).pipe(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    const mirror = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const options = { sets: ['golden-bills', 'price-isone-2017'], out: dir, mirror, json: true }
    vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await fetchSets(options)
    const files = filesOf('golden-bills').length + filesOf('price-isone-2017').length
    expect(requests).toBe(files)
    await fetchSets(options)
    expect(requests).toBe(files)
    expect(existsSync(join(dir, 'price-isone-2017', 'SOURCE.md'))).toBe(true)
  } finally {
    vi.restoreAllMocks()
    server.close()
  }
})

test('what no origin has needs a mirror; an unknown set is told with its neighbor', async () => {
  const options = { out: join(dir, 'none'), mirror: null, json: true }
  await expect(fetchSets({ ...options, sets: ['golden-bills'] })).rejects.toThrow(/give --mirror/)
  await expect(fetchSets({ ...options, sets: ['golden-bils'] })).rejects.toThrow(/did you mean golden-bills/)
})
