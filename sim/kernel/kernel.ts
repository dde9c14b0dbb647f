import { clearProRata } from './clear-pro-rata.ts'
import type { KernelHomes, NewColumn } from './homes.ts'
import { stepHomes } from './step-homes.ts'
import { tradeHomes } from './trade-homes.ts'

/** What the homes use and make: profile by profile, kWh of each step; a profile's year stands in one piece. */
export interface KernelProfiles {
  readonly loadKwh: readonly Float64Array[]
  readonly solarKwh: readonly Float64Array[]
}

/** Prices of each step, USD/kWh, the same for all homes. */
export interface KernelPrices {
  readonly importUsdPerKwh: Float64Array
  readonly exportUsdPerKwh: Float64Array
  /** Paid by the buyer to the seller, before fees. */
  readonly peerUsdPerKwh: Float64Array
  /** 0 where neighbors find no price. */
  readonly open: Uint8Array
}

export interface KernelInput {
  readonly homes: KernelHomes
  readonly profiles: KernelProfiles
  readonly prices: KernelPrices
  /** First step of each block, and after the last the number of steps: local days, whose lengths differ, or any others. */
  readonly blocks: Int32Array
}

/** What the kernel sums up by home, from the start of the run or since the caller set it to zero. */
export const SUMS = [
  /** All the load at the retail price: the bill without solar. */
  'loadUsd',
  /** Load that the home's solar does not cover, and solar that its load does not use: what is metered without a battery. */
  'lackKwh',
  'lackUsd',
  'spareKwh',
  'spareUsd',
  /** AC energy into and out of the battery, and its standby that the AC side had to give. */
  'chargedKwh',
  'dischargedKwh',
  'standbyKwh',
  /** What the home's meter shows: from and to the grid, whoever gives and takes it; in USD without any trade. */
  'importKwh',
  'importUsd',
  'exportKwh',
  'exportUsd',
  /** Of the import, from neighbors; paid to them; and what it would have cost from the utility. */
  'boughtKwh',
  'boughtUsd',
  'avoidedUsd',
  /** Of the export, to neighbors; received from them; and what the utility would have paid. */
  'soldKwh',
  'soldUsd',
  'forgoneUsd',
] as const
export type Sum = (typeof SUMS)[number]

/** What changes by home from block to block. */
export interface KernelState {
  /** In the store, kWh. */
  readonly energyKwh: Float64Array
  readonly sohFraction: Float64Array
  readonly sums: Readonly<Record<Sum, Float64Array>>
}

/** One block's flows, overwritten by the next. */
export interface KernelBlock {
  /** First step of the block in the run, and its length. */
  first: number
  count: number
  /** Steps between a home's net and the next home's: the longest block. */
  readonly stride: number
  /**
   * Net of each home at its meter before trade, kWh, > 0 surplus: `[home × stride + step − first]`; after the homes' rows stand
   * those of `supplyKwh` and `demandKwh`.
   */
  readonly netKwh: Float64Array
  /** Sums of both sides of each step, kWh, >= 0. */
  readonly supplyKwh: Float64Array
  readonly demandKwh: Float64Array
  /** Part of every deficit that neighbors serve, and of every surplus that they take, [0, 1]. */
  readonly boughtShare: Float64Array
  readonly soldShare: Float64Array
  /** Steps of the block, `tradeFrom` up to but not including `tradeTo`, that hold all trade. */
  tradeFrom: number
  tradeTo: number
}

/** Called after each block, before the next overwrites it. */
export type KernelSink = (block: KernelBlock, state: KernelState) => void

const plain: NewColumn = (length) => new Float64Array(length)

/** Homes at their start, with nothing summed up. */
export function newKernelState(homes: KernelHomes, newColumn: NewColumn = plain): KernelState {
  const count = homes.profile.length
  const energyKwh = newColumn(count)
  energyKwh.set(homes.startKwh)
  const sohFraction = newColumn(count)
  sohFraction.fill(1)
  const sums = Object.fromEntries(SUMS.map((name) => [name, newColumn(count)])) as Record<Sum, Float64Array>
  return { energyKwh, sohFraction, sums }
}

/** Blocks of one length; the last may be shorter. */
export function evenBlocks(steps: number, blockSteps: number): Int32Array {
  const whole = Math.ceil(steps / blockSteps)
  return Int32Array.from({ length: whole + 1 }, (_, block) => Math.min(block * blockSteps, steps))
}

/**
 * A community's run: solar, load, a battery under the self-consumption rule, pro-rata clearing at one price and bills, block by
 * block. What a battery does under this rule does not depend on trade: so a block takes three passes, homes → sums of
 * both sides → shares → trade, each with its numbers in locals, and the third only where there was trade. Physics of `stepBattery` with
 * constant efficiencies. Nothing is allocated from the second block on, and memory does not grow with the run.
 *
 * @param state goes on from here; summed up in place
 */
export function runKernel(
  { homes, profiles, prices, blocks }: KernelInput,
  state: KernelState,
  sink: KernelSink = () => {},
): void {
  const block = newBlock(homes.profile.length, blocks)
  for (let at = 0; at + 1 < blocks.length; at++) {
    block.first = blocks[at]
    block.count = blocks[at + 1] - blocks[at]
    stepHomes(homes, profiles, prices, state, block)
    clearProRata(prices, block)
    tradeHomes(prices, state, block)
    sink(block, state)
  }
}

function newBlock(homes: number, blocks: Int32Array): KernelBlock {
  let stride = 0
  for (let at = 0; at + 1 < blocks.length; at++) stride = Math.max(stride, blocks[at + 1] - blocks[at])
  const netKwh = new Float64Array((homes + 2) * stride)
  const row = (at: number) => netKwh.subarray(at * stride, (at + 1) * stride)
  return {
    first: 0,
    count: 0,
    stride,
    netKwh,
    supplyKwh: row(homes),
    demandKwh: row(homes + 1),
    boughtShare: new Float64Array(stride),
    soldShare: new Float64Array(stride),
    tradeFrom: 0,
    tradeTo: 0,
  }
}
