/** Who can take part in demand response, and what it costs them. */
export interface Participant {
  /** Least payment for which it answers, USD per kWh: lost comfort, or lost production. */
  readonly costUsdPerKwh: number
}

/** It answers when the event pays at least what answering costs; ties answer. */
export const answers = ({ costUsdPerKwh }: Participant, payUsdPerKwh: number): boolean =>
  payUsdPerKwh >= costUsdPerKwh

export interface Settlement {
  readonly reducedMilliWh: number
  /** What the programme pays, µ$. */
  readonly paidMicroUsd: number
  /** What answering costs the participant, µ$. */
  readonly costMicroUsd: number
}

/**
 * One event of one participant. The baseline is what it would have used without answering (in a
 * simulation that is known, not estimated); a use above it earns nothing and costs nothing.
 */
export function settleEvent(
  baselineMilliWh: number,
  usedMilliWh: number,
  payUsdPerKwh: number,
  { costUsdPerKwh }: Participant,
): Settlement {
  const reducedMilliWh = Math.max(0, baselineMilliWh - usedMilliWh)
  return {
    reducedMilliWh,
    paidMicroUsd: Math.round(reducedMilliWh * payUsdPerKwh),
    costMicroUsd: Math.round(reducedMilliWh * costUsdPerKwh),
  }
}
