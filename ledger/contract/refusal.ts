/**
 * Why the contract says no. The code is stable and part of the specification: both ledgers answer
 * the same one. Each names the rule that it stands for.
 */
export const REFUSALS = {
  malformed: 'an operation is one of the list, in its one encoding, with its numbers in range',
  'not-authorised': 'an account acts through itself or through the agent that it registered',
  'wrong-role': 'a role may do only what the contract gives it',
  'unknown-account': 'an account is registered before it is named',
  'unknown-asset': 'an asset is created before it is named, and is of the kind that the operation needs',
  'already-exists': 'a number is registered once',
  'unknown-lot': 'a lot is minted before it is used, and is gone when all of it is burned',
  'not-owner': 'nobody moves the lot of another',
  'zero-quantity': 'a quantity is a whole number of milliwatt-hours above zero',
  'exceeds-lot': 'no more than the active part of a lot that is not offered can be used',
  'already-minted': 'an asset mints at most once in an interval, and intervals go forward',
  'exceeds-nameplate': 'an asset mints at most nameplate × interval × 1.1',
  'bad-interval': 'an interval starts on a whole multiple of the asset’s interval length',
  'interval-closed': 'a closed interval takes no more mints, offers or uses',
  'exceeds-charge': 'no more is exchanged than the battery’s register took in the interval',
  'exceeds-discharge': 'no more is delivered than the battery’s register gave in the interval',
  'active-first': 'what is set aside is delivered only when the battery has no active lot left',
  'register-backwards': 'registers and their times only go forward',
  'open-charge': 'the charge of an interval is minted in full before the next reading',
  'never-offered': 'grid-charged energy is never sold',
  'already-offered': 'a part of a lot has at most one open offer',
  'no-offer': 'only what is offered, at that rate and for that interval, can be bought',
  'own-offer': 'nobody trades with themself',
  'credit-limit': 'a trade leaves the buyer at or above the credit limit',
  'exceeds-set-aside': 'only what is set aside is released',
  'stale-anchor': 'an anchor stands at the end of the last reading, with all its mints and burns posted',
  'already-anchored': 'a window between anchors counts once',
  'already-settled': 'a period is settled once, and periods go forward',
  'exceeds-export': 'every exported milliwatt-hour is settled once',
  'out-of-range': 'amounts stay below 2^53',
  'mvcc-conflict': 'what a transaction read is still as it was read',
  conflict: 'a transaction’s id stands for one body',
  'too-old': 'a transaction’s sequence number is within the window of its client',
} as const

export type RefusalCode = keyof typeof REFUSALS

export interface Refusal {
  readonly code: RefusalCode
  /** Which operation of the transaction, from 0. */
  readonly operation: number
  /** Lot, asset or account that the rule was asked about. */
  readonly subject: string
  readonly asked: number
  readonly had: number
}
