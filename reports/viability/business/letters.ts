import type { PilotView } from '../../scenario-view.ts'

/** Parties without whom there is no pilot, and what their letter must say. */
export const PARTIES = [
  {
    role: 'utility',
    label: 'Utility',
    says: 'takes part, gives meter data, pays the fee under stated terms',
  },
  {
    role: 'installer',
    label: 'Installer',
    says: 'mounts and services the devices, licensed, at the stated price',
  },
  { role: 'community', label: 'Community organization', says: 'invites low-income homes and checks consent' },
  { role: 'evaluator', label: 'Independent evaluator', says: 'judges the thresholds of this report' },
  { role: 'counsel', label: 'Counsel', says: 'confirms the tariff route' },
  { role: 'customer', label: 'Paying customer', says: 'intends to buy after the pilot, at which price' },
] as const

export interface LetterState {
  readonly role: string
  readonly label: string
  readonly says: string
  /** Null: nobody is named. */
  readonly from: string | null
  readonly file: string | null
  readonly state: 'attached' | 'missing'
}

/** Every party that is needed, and whether its letter is there; several letters of one role are several rows. */
export function letterStates(
  { letters }: Pick<PilotView, 'letters'>,
  exists: (file: string) => boolean,
): LetterState[] {
  return PARTIES.flatMap(({ role, label, says }): LetterState[] => {
    const given = letters.filter((letter) => letter.role === role)
    if (given.length === 0) return [{ role, label, says, from: null, file: null, state: 'missing' }]
    return given.map(({ from, file }) => ({
      role,
      label,
      says,
      from,
      file,
      state: exists(file) ? 'attached' : 'missing',
    }))
  })
}
