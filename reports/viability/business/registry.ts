import type { ViabilitySection } from '../section.ts'

/** Sections on pilot, budget, market and risk, in order. */
export const BUSINESS_SECTIONS: readonly ViabilitySection[] = []
