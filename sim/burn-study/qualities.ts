import { PERFECT, type TelemetryQuality } from '../../models/burn/telemetry.ts'

export const QUALITIES = ['good', 'typical', 'poor'] as const
export type QualityName = (typeof QUALITIES)[number]

/** How well batteries are seen in the study. The targets are for `typical`. */
export const TELEMETRY: Readonly<Record<QualityName, TelemetryQuality>> = {
  good: {
    ...PERFECT,
    meterClassPercent: 0.5,
    quantumMilliWh: 1000,
    clockSeconds: 1,
    socBiasFraction: 0.02,
    socPlateauFraction: 0.05,
    socStepFraction: 0.01,
  },
  typical: {
    meterClassPercent: 1,
    quantumMilliWh: 1000,
    latestMinutes: 1,
    dropOutFraction: 0.002,
    gapsPerYear: 6,
    gapHours: 3,
    clockSeconds: 5,
    falseRefusalsPerYear: 2,
    socBiasFraction: 0.03,
    socPlateauFraction: 0.15,
    socStepFraction: 0.01,
  },
  poor: {
    meterClassPercent: 1,
    quantumMilliWh: 10_000,
    latestMinutes: 5,
    dropOutFraction: 0.02,
    gapsPerYear: 24,
    gapHours: 12,
    clockSeconds: 60,
    falseRefusalsPerYear: 6,
    socBiasFraction: 0.05,
    socPlateauFraction: 0.15,
    socStepFraction: 0.05,
  },
}
