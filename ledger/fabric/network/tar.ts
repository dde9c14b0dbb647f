import { gzipSync } from 'node:zlib'

const BLOCK = 512

/** A tar archive of small files (ustar), without owners and times: the same files, the same bytes. */
export function tarGz(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const blocks: Buffer[] = []
  for (const [name, bytes] of Object.entries(files)) {
    const header = Buffer.alloc(BLOCK)
    const octal = (value: number, at: number, length: number) =>
      header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1')
    header.write(name, 0, 'utf8')
    octal(0o644, 100, 8)
    octal(0, 108, 8)
    octal(0, 116, 8)
    octal(bytes.length, 124, 12)
    octal(0, 136, 12)
    header.fill(' ', 148, 156)
    header.write('0', 156)
    header.write('ustar', 257, 'latin1')
    header.write('00', 263, 'latin1')
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      148,
      7,
    )
    const padded = Buffer.alloc(Math.ceil(bytes.length / BLOCK) * BLOCK)
    padded.set(bytes)
    blocks.push(header, padded)
  }
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]))
}
