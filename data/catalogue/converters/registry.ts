import { citylearnHomes } from './citylearn-homes.ts'
import { citylearnResstock } from './citylearn-resstock.ts'
import type { Converter } from './converter.ts'
import { reoptAvert } from './reopt-avert.ts'
import { simbenchFeeder } from './simbench-feeder.ts'

/** Every converter, by the name that the catalogue gives it. */
export const CONVERTERS: Readonly<Record<string, Converter>> = {
  'citylearn-homes': citylearnHomes,
  'citylearn-resstock': citylearnResstock,
  'reopt-avert': reoptAvert,
  simbench: simbenchFeeder,
}
