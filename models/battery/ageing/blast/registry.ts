import type { BlastCell } from './cell.ts'
import { lfp250AhPrismatic } from './cells/lfp-250ah-prismatic.ts'
import { lfpSonyMurata3Ah } from './cells/lfp-sony-murata-3ah.ts'
import { lmoNissanLeaf } from './cells/lmo-nissan-leaf.ts'
import { ncaPanasonic3Ah } from './cells/nca-panasonic-3ah.ts'
import { ncaSonyMurata } from './cells/nca-sony-murata.ts'
import { nmc50AhB1 } from './cells/nmc-50ah-b1.ts'
import { nmc50AhB2 } from './cells/nmc-50ah-b2.ts'
import { nmc75AhA } from './cells/nmc-75ah-a.ts'
import { nmcLto10Ah } from './cells/nmc-lto-10ah.ts'
import { nmc111Kokam75Ah } from './cells/nmc111-kokam-75ah.ts'
import { nmc111Sanyo2Ah } from './cells/nmc111-sanyo-2ah.ts'
import { nmc622Denso50Ah } from './cells/nmc622-denso-50ah.ts'
import { nmc811LgM50 } from './cells/nmc811-lg-m50.ts'
import { nmc811LgMj1 } from './cells/nmc811-lg-mj1.ts'

/** Every cell model of BLAST-Lite 1.1.1. */
export const BLAST_CELLS: readonly BlastCell[] = [
  lfp250AhPrismatic,
  lfpSonyMurata3Ah,
  lmoNissanLeaf,
  ncaPanasonic3Ah,
  ncaSonyMurata,
  nmc50AhB1,
  nmc50AhB2,
  nmc75AhA,
  nmcLto10Ah,
  nmc111Kokam75Ah,
  nmc111Sanyo2Ah,
  nmc622Denso50Ah,
  nmc811LgM50,
  nmc811LgMj1,
]

/** The cell model of a name, as BLAST-Lite calls it. */
export const blastCell = (id: string): BlastCell | undefined => BLAST_CELLS.find((cell) => cell.id === id)
