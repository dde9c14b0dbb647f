import { type RandomStream, streamFor } from '../../data/random.ts'

/**
 * A battery and its home for the tests of the burn algorithm. It is another model than the estimator's
 * and the simulator's on purpose: conversion depends on power, self-discharge on what is stored, the
 * reserve may drift, registers are biased within class 1.
 */
export type Group = 'empties-daily' | 'drifting-reserve' | 'rarely-empties'

export interface TestingBattery {
  readonly group: Group
  readonly capacityKwh: number
  readonly powerKw: number
  /** Loss of one conversion: fixed (kW), of the power, of its square over the limit. */
  readonly fixedKw: number
  readonly linear: number
  readonly quadratic: number
  readonly standbyKw: number
  readonly selfDischargePerMonth: number
  readonly fadePerYear: number
  readonly fadePerCycle: number
  readonly chargeGain: number
  readonly dischargeGain: number
  readonly solarKw: number
  readonly baseKw: number
  readonly peakKw: number
  readonly weather: RandomStream
}

export function drawBattery(seed: number, group: Group): TestingBattery {
  const stream = streamFor(seed, 'burn-test', group)
  const within = (low: number, high: number) => low + (high - low) * stream.uniform()
  const rare = group === 'rarely-empties'
  const capacityKwh = rare ? within(10, 16) : within(5, 13.5)
  return {
    group,
    capacityKwh,
    powerKw: capacityKwh * within(0.35, 0.6),
    fixedKw: within(0.005, 0.02),
    linear: within(0.02, 0.05),
    quadratic: within(0.005, 0.03),
    standbyKw: within(0.003, 0.02),
    selfDischargePerMonth: within(0.004, 0.03),
    fadePerYear: within(0.01, 0.025),
    fadePerCycle: within(0.03, 0.06) / 1000,
    chargeGain: within(0.99, 1.01),
    dischargeGain: within(0.99, 1.01),
    solarKw: rare ? within(4, 5) : within(3, 5),
    baseKw: rare ? within(0.08, 0.15) : within(0.25, 0.45),
    peakKw: rare ? within(0.2, 0.4) : within(0.8, 1.6),
    weather: stream,
  }
}

/** What moves from step to step. */
export interface TestingState {
  storedKwh: number
  soh: number
  reserve: number
  clouds: number
  evening: number
  /** Sums: AC in and out, into and out of the store, kWh. */
  chargedKwh: number
  dischargedKwh: number
  intoKwh: number
  drawnKwh: number
}

export const newTestingState = (): TestingState => ({
  storedKwh: 0,
  soh: 1,
  reserve: 0,
  clouds: 0.7,
  evening: 1,
  chargedKwh: 0,
  dischargedKwh: 0,
  intoKwh: 0,
  drawnKwh: 0,
})

const stored = (b: TestingBattery, kw: number): number =>
  kw === 0 ? 0 : Math.max(0, kw * (1 - b.linear) - (b.quadratic * kw * kw) / b.powerKw - b.fixedKw)
const drawn = (b: TestingBattery, kw: number): number =>
  kw === 0 ? 0 : kw * (1 + b.linear) + (b.quadratic * kw * kw) / b.powerKw + b.fixedKw

/** Greatest power up to `most` whose cost stays within `limit`, by bisection. */
function greatest(most: number, limit: number, costs: (kw: number) => number): number {
  let low = 0
  let high = most
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2
    if (costs(middle) > limit) high = middle
    else low = middle
  }
  return low
}

/** Deliverable energy at a reference power of 15 % of the limit, kWh in units of the discharge register. */
export function trueDeliverable(b: TestingBattery, state: TestingState): number {
  const reference = 0.15 * b.powerKw
  const above = Math.max(0, state.storedKwh - b.capacityKwh * state.soh * state.reserve)
  return above * (reference / drawn(b, reference)) * b.dischargeGain
}

/** Net load of the home, kW; above zero it asks the battery. */
function netLoad(b: TestingBattery, state: TestingState, hours: number): number {
  const hour = hours % 24
  const { weather } = b
  if (hour === 0) {
    state.clouds = Math.min(1, Math.max(0.08, 0.6 * state.clouds + 0.5 * weather.uniform()))
    state.evening = 0.6 + 0.8 * weather.uniform()
    if (b.group === 'drifting-reserve') {
      const start = state.reserve === 0 ? 0.2 : state.reserve
      state.reserve = Math.min(0.23, Math.max(0.17, start + 0.003 * weather.normal()))
    }
  }
  const season = 1 + 0.35 * Math.cos((2 * Math.PI * hours) / 8760)
  const solar = b.solarKw * Math.max(0, Math.sin((Math.PI * (hour - 6)) / 12)) * state.clouds * season * 0.75
  const load =
    (b.baseKw + b.peakKw * Math.exp(-((hour - 19) ** 2) / 6) * state.evening) * (0.5 + weather.uniform())
  return load - solar
}

/** One step; tells whether the battery refused to discharge or was full. */
export function stepTesting(
  b: TestingBattery,
  state: TestingState,
  hours: number,
  stepHours: number,
): { refused: boolean; full: boolean } {
  const net = netLoad(b, state, hours)
  const capacity = b.capacityKwh * state.soh
  const bottom = capacity * state.reserve
  let refused = false
  let full = false
  let power = Math.min(Math.abs(net), b.powerKw)
  if (net < 0) {
    const room = Math.max(0, capacity - state.storedKwh) / stepHours
    full = stored(b, power) > room
    if (full) power = greatest(power, room, (kw) => stored(b, kw))
    state.intoKwh += stored(b, power) * stepHours
    state.storedKwh += stored(b, power) * stepHours
    state.chargedKwh += power * stepHours
  } else {
    const there = Math.max(0, state.storedKwh - bottom) / stepHours
    refused = drawn(b, power) > there
    if (refused) power = there > drawn(b, 0.03) ? greatest(power, there, (kw) => drawn(b, kw)) : 0
    state.drawnKwh += drawn(b, power) * stepHours
    state.storedKwh -= drawn(b, power) * stepHours
    state.dischargedKwh += power * stepHours
    state.soh -= b.fadePerCycle * ((power * stepHours) / b.capacityKwh)
  }
  state.storedKwh *= (1 - b.selfDischargePerMonth) ** (stepHours / 720)
  state.storedKwh -= Math.min(b.standbyKw * stepHours, Math.max(0, state.storedKwh - bottom))
  state.soh -= (b.fadePerYear * stepHours) / 8760
  state.storedKwh = Math.min(state.storedKwh, b.capacityKwh * state.soh)
  return { refused, full }
}
