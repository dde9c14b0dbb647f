import { type Evidence, newEvidence } from './evidence.ts'
import { type BurnFleet, type BurnSettings, newFleet } from './fleet.ts'

/** A battery of 10 kWh that is registered to deliver 9.5. */
export const SETTINGS: BurnSettings = {
  nameplateMilliWh: 10_000_000,
  ratedMilliWh: 9_500_000,
  standbyW: 10,
  missRate: 0.05,
  hysteresisKwh: 0.3,
  setAside: true,
  factorStart: 0.9,
  refitDays: 7,
  gateKwh: 0.6,
  confirmHours: 0,
  leastDeviationKwh: 0.03,
}

export function testingFleet(settings: readonly Partial<BurnSettings>[] = [{}]): {
  fleet: BurnFleet
  evidence: Evidence
} {
  const fleet = newFleet(settings.map((one) => ({ ...SETTINGS, ...one })))
  const evidence = newEvidence(fleet.nameplateMilliWh, fleet.ratedMilliWh, fleet.standbyW, 15)
  return { fleet, evidence }
}
