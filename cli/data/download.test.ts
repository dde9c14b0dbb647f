import { hash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { download } from './download.ts'

const dir = mkdtempSync(join(tmpdir(), 'vpp-fetch-'))
const content = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7919) % 251))
const file = { name: 'x.csv', bytes: content.length, sha256: hash('sha256', content, 'hex') }

/** Requests seen, and what the next ones do. */
let ranges: (string | undefined)[] = []
let behave: (request: IncomingMessage, response: ServerResponse, count: number) => void
const server = createServer((request, response) => {
  ranges.push(request.headers.range)
  behave(request, response, ranges.length)
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.close()
  rmSync(dir, { recursive: true, force: true })
})
let to = ''
let tests = 0
beforeEach(() => {
  ranges = []
  to = join(dir, `${tests++}`, 'x.csv')
})
const from = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.csv`
const get = (options = {}) => download({ from: from(), to, file, pauseMs: 1, ...options })
const start = (request: IncomingMessage) => Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
const head = (request: IncomingMessage) =>
  request.headers.range === undefined
    ? ([200, {}] as const)
    : ([206, { 'content-range': `bytes ${start(request)}-${content.length - 1}/${content.length}` }] as const)
const whole: typeof behave = (request, response) => {
  response.writeHead(head(request)[0], head(request)[1])
  response.end(content.subarray(start(request)))
}
/** Sends some bytes and cuts the connection. */
const torn =
  (bytes: number): typeof behave =>
  (request, response) => {
    const at = start(request)
    response.writeHead(head(request)[0], head(request)[1])
    response.write(content.subarray(at, at + bytes), () => response.destroy())
  }

test('fetches, verifies, and leaves a file that is there', async () => {
  behave = whole
  expect(await get()).toBe('fetched')
  expect(readFileSync(to).equals(content)).toBe(true)
  expect(await get()).toBe('there already')
  expect(ranges.length).toBe(1)
})

test('a connection that is torn again and again goes on where it ended', async () => {
  behave = (request, response, count) =>
    count < 6 ? torn(40_000)(request, response, count) : whole(request, response, count)
  expect(await get()).toBe('fetched')
  expect(readFileSync(to).equals(content)).toBe(true)
  expect(ranges[0]).toBeUndefined()
  expect(ranges[1]).toMatch(/^bytes=[1-9]\d*-$/)
  expect(existsSync(`${to}.part`)).toBe(false)
})

test('a part of an earlier run goes on', async () => {
  behave = (request, response, count) =>
    count === 1 ? torn(90_000)(request, response, count) : response.destroy()
  await expect(get({ tries: 2 })).rejects.toThrow(
    /ends at \d+ of 300000 bytes, 2 times.*goes on where it ended/,
  )
  expect(existsSync(to)).toBe(false)
  behave = whole
  expect(await get()).toBe('resumed')
  expect(ranges.at(-1)).toMatch(/^bytes=\d+-$/)
  expect(readFileSync(to).equals(content)).toBe(true)
})

test('a server that does not resume begins again', async () => {
  behave = (request, response, count) => {
    if (count === 1) return torn(50_000)(request, response, count)
    response.writeHead(200)
    response.end(content)
  }
  await get()
  expect(readFileSync(to).equals(content)).toBe(true)
})

test('a server that resumes at another place is not believed', async () => {
  behave = (request, response, count) => {
    if (count === 1) return torn(50_000)(request, response, count)
    if (count === 2) {
      response.writeHead(206, { 'content-range': `bytes 0-9/${content.length}` })
      return response.end(content.subarray(0, 10))
    }
    return whole(request, response, count)
  }
  await get()
  expect(readFileSync(to).equals(content)).toBe(true)
})

test.each([
  ['other bytes of the same length', Buffer.alloc(content.length, 7), /SHA-256/],
  ['fewer bytes', content.subarray(0, 1000), /ends at 1000 of 300000 bytes/],
  ['more bytes', Buffer.concat([content, content]), /more than the recorded/],
])('%s are thrown away', async (_, body, message) => {
  behave = (request, response) => {
    response.writeHead(request.headers.range === undefined ? 200 : 206, head(request)[1])
    response.end(body.subarray(start(request)))
  }
  await expect(get({ tries: 2 })).rejects.toThrow(message)
  expect(existsSync(to)).toBe(false)
})

test('404 is told at once, 500 is tried again', async () => {
  behave = (_, response) => response.writeHead(404).end()
  await expect(get()).rejects.toThrow(/HTTP 404; give a --mirror/)
  expect(ranges.length).toBe(1)
  behave = (request, response, count) =>
    count < 4 ? response.writeHead(503).end() : whole(request, response, count)
  expect(await get()).toBe('fetched')
})

test('another file of that name is never written over', async () => {
  behave = whole
  to = join(dir, 'taken.csv')
  writeFileSync(to, 'mine')
  await expect(get()).rejects.toThrow(/is not the recorded file.*left as it is/)
  expect(readFileSync(to, 'utf8')).toBe('mine')
})

test('a folder as mirror, with a part from before', async () => {
  const source = join(dir, 'mirror.csv')
  writeFileSync(source, content)
  await download({ from: source, to, file })
  expect(readFileSync(to).equals(content)).toBe(true)
  const second = join(dir, 'second.csv')
  writeFileSync(`${second}.part`, content.subarray(0, 1234))
  expect(await download({ from: source, to: second, file })).toBe('resumed')
  await expect(download({ from: join(dir, 'none'), to: join(dir, 'third.csv'), file })).rejects.toThrow(
    /cannot be read/,
  )
})
