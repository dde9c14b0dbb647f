import { VppError } from '../data/errors.ts'

/** A file of a run that cannot be used. */
export function refuse(place: string, problem: string, cause?: unknown): never {
  throw new VppError(
    'invalid',
    { place, problem, fix: 'name a folder that `vpp run` wrote, or run it again' },
    cause,
  )
}

/** Reads of a file; what goes wrong is told of the file. */
export async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    return refuse(path, `cannot be read: ${(cause as Error).message}`, cause)
  }
}
