import { ratedDeliverableKwh } from '../../models/battery/battery.ts'
import { type Evidence, fullHigh, newEvidence, refusalHigh } from '../../models/burn/evidence.ts'
import { etaInterval } from '../../models/burn/factor.ts'
import { ANCHOR_REFUSAL, type BurnFleet, type BurnSettings, newFleet } from '../../models/burn/fleet.ts'
import { fullMiddle, fullStatedHalf } from '../../models/burn/full-charge.ts'
import { RESERVE_GATE_KWH } from '../../models/burn/gate.ts'
import { middleNow } from '../../models/burn/predict.ts'
import { judgeAnchor, newReferenceLosses, type ReferenceLosses } from '../../models/burn/reference-loss.ts'
import { stepBurn } from '../../models/burn/step.ts'
import type { BurnParameters } from '../../scenarios/schema.ts'
import type { IntervalFlows } from '../interval-flows.ts'
import type { BatteryAgent } from './battery-agent.ts'

/** A home without a battery has a row that nothing moves. */
const NONE: BurnSettings = {
  nameplateMilliWh: 0,
  ratedMilliWh: 0,
  standbyW: 0,
  missRate: 0.05,
  hysteresisKwh: 0,
  setAside: false,
  factorStart: 0.9,
  refitDays: 7,
  gateKwh: 0,
  confirmHours: 1,
  leastDeviationKwh: 0,
}

/** Spread of full charges that is believed at least, part of what is registered; with a reserve more. */
const LEAST_DEVIATION = 0.003
const LEAST_DEVIATION_RESERVE = 0.015

function settingsOf({ parameters }: BatteryAgent, burn: BurnParameters): BurnSettings {
  const ratedKwh = ratedDeliverableKwh(parameters)
  const reserve = parameters.minSocFraction > 0
  return {
    nameplateMilliWh: Math.round(parameters.capacityKwh * 1e6),
    ratedMilliWh: Math.round(ratedKwh * 1e6),
    standbyW: Math.ceil(parameters.standbyW),
    missRate: burn.missRate,
    hysteresisKwh: burn.hysteresisKwh,
    setAside: burn.setAside,
    factorStart: burn.factorStart,
    refitDays: burn.refitDays,
    gateKwh: burn.gateKwh + (reserve ? RESERVE_GATE_KWH : 0),
    confirmHours: burn.confirmHours,
    leastDeviationKwh: ratedKwh * (reserve ? LEAST_DEVIATION_RESERVE : LEAST_DEVIATION),
  }
}

/**
 * Keeps a community's tokens honest: predicts from each battery's registers what it can still deliver, says
 * what to set aside, and reports an anchor when the battery was seen full or empty. It reads only
 * telemetry; the true state serves the judge (`StorageJudge`).
 */
export class StorageKeeper {
  readonly fleet: BurnFleet
  readonly #evidence: Evidence

  constructor(batteries: readonly (BatteryAgent | null)[], burn: BurnParameters, intervalMinutes: number) {
    const classes = Uint16Array.from(batteries, (_, home) => (batteries[home] === null ? 0 : 1))
    this.fleet = newFleet(
      batteries.map((agent) => (agent === null ? NONE : settingsOf(agent, burn))),
      classes,
    )
    const { nameplateMilliWh, ratedMilliWh, standbyW } = this.fleet
    this.#evidence = newEvidence(nameplateMilliWh, ratedMilliWh, standbyW, intervalMinutes)
  }

  /**
   * The end of one interval of one home's battery; what it says stands in `fleet`.
   * @param hours since the start of the run
   * @param active tokens that are active, milliwatt-hours
   * @param setAside tokens that are set aside, milliwatt-hours
   */
  step(
    home: number,
    flows: IntervalFlows,
    hours: number,
    stepHours: number,
    active: number,
    setAside: number,
  ): void {
    stepBurn(
      this.fleet,
      this.#evidence,
      home,
      flows.chargeRegister[home],
      flows.dischargeRegister[home],
      flows.flags[home],
      active,
      setAside,
      hours,
      stepHours,
      Math.round(hours * 60),
    )
  }

  /** What the registers say of the stored energy, kWh: the middle of the prediction. */
  foretoldKwh(home: number, flows: IntervalFlows, hours: number): number {
    return middleNow(this.fleet, home, flows.chargeRegister[home], flows.dischargeRegister[home], hours)
  }

  /** What the contract will let a battery deliver at most at the anchor that `step` found, milliwatt-hours. */
  energyHigh(home: number, anchor: number, hours: number): number {
    return anchor === ANCHOR_REFUSAL
      ? refusalHigh(this.#evidence, home)
      : fullHigh(this.#evidence, home, Math.round(hours * 60))
  }

  /** What was learnt of a battery, each with its 95 % interval: conversion, and full charge with half of the interval. */
  learnt(
    home: number,
    hours: number,
  ): { eta: number; etaBelow: number; etaAbove: number; fullKwh: number; fullHalfKwh: number } {
    const { below, above } = etaInterval(this.fleet, home)
    return {
      eta: this.fleet.eta[home],
      etaBelow: below,
      etaAbove: above,
      fullKwh: fullMiddle(this.fleet, home, hours),
      fullHalfKwh: fullStatedHalf(this.fleet, home, hours),
    }
  }
}

/**
 * Judges the keeper against the truth, which it never sees: what a reference that knows the energy
 * burns at the same anchors, and how much of the time tokens were not backed.
 */
export class StorageJudge {
  readonly losses: ReferenceLosses
  readonly unbackedKwhHours: Float64Array
  readonly anchors: Float64Array
  /** Not a number: never anchored. */
  readonly lastAnchorHours: Float64Array

  constructor(homes: number) {
    this.losses = newReferenceLosses(homes)
    this.unbackedKwhHours = new Float64Array(homes)
    this.anchors = new Float64Array(homes)
    this.lastAnchorHours = new Float64Array(homes).fill(Number.NaN)
  }

  /** At an anchor: minted − delivered is what the tokens claim before any loss. */
  anchor(
    home: number,
    meteredDeliverableMilliWh: number,
    claimedMilliWh: number,
    burnedMilliWh: number,
    hours: number,
  ): void {
    judgeAnchor(this.losses, home, claimedMilliWh, burnedMilliWh, meteredDeliverableMilliWh)
    this.anchors[home]++
    this.lastAnchorHours[home] = hours
  }

  /** At the end of every interval. */
  interval(home: number, meteredDeliverableMilliWh: number, activeMilliWh: number, stepHours: number): void {
    const beyond = activeMilliWh - meteredDeliverableMilliWh
    if (beyond > 0) this.unbackedKwhHours[home] += (beyond / 1e6) * stepHours
  }
}
