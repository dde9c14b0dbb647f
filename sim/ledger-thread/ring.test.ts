import { expect, test } from 'vitest'
import { streamFor } from '../../data/random.ts'
import { ENDED, RUNNING, RingReader, ringMemory, RingWriter } from './ring.ts'

test('what is written is read, in one piece each, many times round the ring', () => {
  const memory = ringMemory(256)
  const [writer, reader] = [new RingWriter(memory), new RingReader(memory)]
  const stream = streamFor(1, 'ring')
  let [sent, got, words] = [0, 0, 0]
  while (sent < 2000) {
    // As many as fit for sure: nobody else would empty the ring of this thread.
    for (let burst = 0; burst < 3; burst++) {
      const length = stream.uint32() % (writer.most - 8)
      const at = writer.open(1 + (sent % 7), 1 + length)
      writer.words[at] = length
      for (let word = 0; word < length; word++) writer.words[at + 1 + word] = sent + word
      writer.close()
      sent++
    }
    writer.publish()
    for (; got < sent; got++) {
      const at = reader.next()
      expect(reader.kind).toBe(1 + (got % 7))
      const length = reader.words[at]
      for (let word = 0; word < length; word++) expect(reader.words[at + 1 + word]).toBe(got + word)
      words += length
    }
    reader.release()
  }
  expect(words).toBeGreaterThan(20 * 256)
  expect(writer.state).toBe(RUNNING)
  reader.end(ENDED)
  writer.finish()
  expect(writer.state).toBe(ENDED)
})
