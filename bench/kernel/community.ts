import { homesBetween } from '../../sim/kernel/homes.ts'
import { type KernelInput, type KernelState, runKernel, type Sum, SUMS } from '../../sim/kernel/kernel.ts'

/** One of several communities: homes `from` up to but not including `to`, cleared on their own. All memory is shared. */
export interface CommunityTask {
  readonly input: KernelInput
  readonly state: KernelState
  readonly from: number
  readonly to: number
}

/** Runs one community; by a thread of the pool. */
export default function runCommunity({ input, state, from, to }: CommunityTask): void {
  const sums = Object.fromEntries(SUMS.map((name) => [name, state.sums[name].subarray(from, to)]))
  runKernel(
    { ...input, homes: homesBetween(input.homes, from, to) },
    {
      energyKwh: state.energyKwh.subarray(from, to),
      sohFraction: state.sohFraction.subarray(from, to),
      sums: sums as Record<Sum, Float64Array>,
    },
  )
}
