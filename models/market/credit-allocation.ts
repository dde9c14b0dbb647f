/** Terms between a host and those it assigns credits to. */
export interface CreditTerms {
  /** What a neighbor pays the host for a dollar of credit, [0, 1]. */
  readonly priceFraction: number
  /** What a dollar of credit beyond its own bill is worth to a host that keeps it, [0, 1]. */
  readonly hostWorthFraction: number
}

export interface AssignedCredits {
  /** By home, µ$: credit that hosts gave and customers got; equal sums. */
  readonly given: Float64Array
  readonly received: Float64Array
  /** What customers pay their hosts, µ$: positive who pays, negative who is paid; sum 0. */
  readonly payment: Float64Array
  /** Credit that changed hands, µ$. */
  assignedMicroUsd: number
  /** Hosts that had credit beyond their own bill, and of these those that assigned some. */
  hosts: number
  assigning: number
}

/** Would either side lose? Then nothing is assigned. */
export const creditsPay = ({ priceFraction, hostWorthFraction }: CreditTerms): boolean =>
  priceFraction >= hostWorthFraction && priceFraction <= 1

/** Why credits stay where they are, in one sentence. */
export const whyNoCredits = ({ priceFraction, hostWorthFraction }: CreditTerms): string =>
  `A dollar of net-metering credit is worth ${hostWorthFraction.toFixed(2)} USD to the host that keeps it, and a neighbor would pay ${priceFraction.toFixed(2)} USD for it: the host would lose ${(hostWorthFraction - priceFraction).toFixed(2)} USD on every dollar assigned.`

/**
 * Credit allocation: at the end of a month each host assigns the net-metering credit beyond its own bill to the customers
 * that it has designated (Massachusetts: G.L. c. 164 § 139(a)(1), Schedule Z), in proportion to their keys and no more
 * than their bills; the neighbor pays the host an agreed part of each dollar. No energy is sold, and the utility credits
 * what it would have credited. Whole micro-dollars, rounded down; what is too small to be shared stays with the host.
 *
 * @param spare by home, credit beyond its own bill, µ$, >= 0
 * @param owed by home, what it owes the utility, µ$, >= 0
 * @param designated by home, places of its customers
 * @param key by home, weight among a host's customers, >= 0
 */
export function assignCredits(
  spare: Float64Array,
  owed: Float64Array,
  designated: readonly (readonly number[])[],
  key: Float64Array,
  terms: CreditTerms,
): AssignedCredits {
  const result: AssignedCredits = {
    given: new Float64Array(spare.length),
    received: new Float64Array(spare.length),
    payment: new Float64Array(spare.length),
    assignedMicroUsd: 0,
    hosts: 0,
    assigning: 0,
  }
  const room = owed.slice()
  for (let host = 0; host < spare.length; host++) {
    if (spare[host] === 0) continue
    result.hosts++
    if (!creditsPay(terms)) continue
    let left = spare[host]
    // The rest of a customer whose bill is covered goes to the others: as many rounds as there are customers.
    for (let satisfied = true; satisfied && left > 0;) {
      satisfied = false
      const open = designated[host].filter((home) => home !== host && room[home] > 0 && key[home] > 0)
      const weight = open.reduce((sum, home) => sum + key[home], 0)
      const shared = left
      for (const home of open) {
        const part = Math.min(left, room[home], Math.floor((shared * key[home]) / weight))
        if (part === room[home]) satisfied = true
        room[home] -= part
        left -= part
        result.given[host] += part
        result.received[home] += part
        const paid = Math.round(part * terms.priceFraction)
        result.payment[home] += paid
        result.payment[host] -= paid
      }
    }
    if (result.given[host] > 0) result.assigning++
    result.assignedMicroUsd += result.given[host]
  }
  return result
}
