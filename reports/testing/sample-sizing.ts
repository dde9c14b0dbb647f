/**
 * TEST ONLY. An invented result of `vpp size`: its shape is a real one's, its numbers mean nothing.
 */
import type { SizingOption, SizingResult } from '../../data/sizing-result.ts'

const option = (
  id: SizingOption['id'],
  label: string,
  panelsKw: number,
  batteryKwh: number,
  npvUsd: number,
): SizingOption => ({
  id,
  label,
  panelsKw,
  batteryKwh,
  batteryKw: batteryKwh / 2.7,
  strategy: batteryKwh > 0 ? 'self-consumption' : 'none',
  costUsd: panelsKw * 3000 + batteryKwh * 1100,
  chargeUsdPerMonth: 200 - panelsKw * 25,
  savingUsdPerMonth: panelsKw * 25,
  npvUsd,
  paybackYears: panelsKw > 0 ? 9.3 : null,
  discountedPaybackYears: panelsKw > 0 ? 14.2 : null,
  internalRate: panelsKw > 0 ? { kind: 'one', rate: 0.11 } : { kind: 'multiple', rates: [0.01, 0.2] },
})

/** @param some something is bought; else nothing pays */
export function sampleSizing(label: string, some: boolean): SizingResult {
  const nothing = option('nothing', 'Do nothing', 0, 0, 0)
  const looked = option('recommended', 'Recommended', 6, 10, some ? 8200 : -3100)
  const answer = some ? looked : { ...nothing, id: 'recommended' as const }
  const years = 25
  const flows = Array.from({ length: years + 1 }, (_, year) =>
    year === 0 ? -29_000 : year === 12 ? -9000 : 2900,
  )
  const running = (rate: number) => {
    let sum = 0
    return flows.map((usd, year) => (sum += usd / (1 + rate) ** year))
  }
  const sizes = Array.from({ length: 17 }, (_, at) => at / 2)
  const interval = { p10: -900, p50: 6000, p90: 12_000 }
  return {
    format: 1,
    version: 'test',
    command: `vpp size --home '${label}'`,
    question: 'How much solar should this home invest in?',
    home: {
      place: label,
      load: label,
      kwhPerYear: 7200,
      yieldKwhPerKw: 1100,
      roofKw: 8,
      tiltDeg: 30,
      azimuthDeg: 180,
      budgetUsd: null,
    },
    tariff: { label, source: label, exports: 'net metering' },
    years,
    discountFraction: 0.06,
    options: [
      nothing,
      option('neighbors', 'Buy from neighbors', 0, 0, -4),
      answer,
      option('panels', 'Panels alone', 6, 0, 9000),
    ],
    answer,
    looked,
    detail: {
      solarKwhPerYear: 6600,
      importKwhPerYear: 4000,
      exportKwhPerYear: 3000,
      batteryDischargeKwhPerYear: 2000,
      incentives: [
        {
          id: 'federal-25d',
          label,
          source: label,
          grade: 'primary',
          from: '2022-01-01',
          until: '2025-12-31',
          eligible: false,
          onceUsd: 0,
          yearlyUsd: 0,
          years: 0,
        },
      ],
      lcoeUsdPerKwh: 0.26,
      lcosUsdPerKwh: 0.6,
      lcosWithoutChargingUsdPerKwh: 0.4,
      carbonMarginalKgPerYear: 3400,
      carbonAverageKgPerYear: null,
      flows: [{ label: 'investment', usd: flows }],
      totalUsd: flows,
      cumulativeUsd: running(0),
      cumulativeDiscountedUsd: running(0.06),
    },
    months: Array.from({ length: 12 }, (_, at) => ({
      month: `2016-${String(at + 1).padStart(2, '0')}`,
      beforeUsd: 180 + 10 * at,
      afterUsd: at * 6 - 20,
    })),
    map: sizes.flatMap((panelsKw) =>
      [0, 5, 10, 13.5].map((batteryKwh) => ({
        panelsKw,
        batteryKwh,
        npvUsd:
          panelsKw * 1500 -
          panelsKw ** 2 * 80 -
          batteryKwh * 700 -
          (some ? 0 : 40_000 * Math.sign(panelsKw + batteryKwh)),
        costUsd: panelsKw * 3000 + batteryKwh * 1100,
        strategy: 'none',
      })),
    ),
    uncertainty: {
      draws: 200,
      seed: 1,
      npvUsd: interval,
      savingUsdPerMonth: interval,
      paybackYears: some ? { p10: 7, p50: 9, p90: 13 } : null,
      reachedShare: some ? 0.93 : 0,
      internalRate: { p10: 0.04, p50: 0.09, p90: 0.13 },
      internalRateKinds: { one: 190, none: 6, multiple: 4 },
      gainShare: 0.8,
      swings: (
        ['escalation', 'export-rule', 'panels-price', 'battery-price', 'sun', 'load', 'fade'] as const
      ).map((id, at) => ({
        id,
        label: id,
        unit: 'factor',
        low: 0.5,
        high: id === 'export-rule' ? 45 : 1.5,
        npvLowUsd: looked.npvUsd - 7000 / (at + 1),
        npvHighUsd: looked.npvUsd + 6000 / (at + 1),
      })),
    },
    discounting: [
      { rate: 0.03, npvUsd: 20_000 },
      { rate: 0.09, npvUsd: -2000 },
    ],
    neighbors: {
      surplusMinUsdPerKwh: -0.13,
      surplusMaxUsdPerKwh: -0.13,
      boughtKwhPerYear: 0,
      meanPriceUsdPerKwh: null,
      deliveryUsdPerKwh: 0.18,
      feeUsdPerKwh: 0.01,
      sellerPanelsKw: 6,
      netting: true,
      whyNothing: 'The pair would lose.',
      legal: label,
    },
    solarRoof: {
      panelsKw: 6,
      panelsUsdPerW: 3,
      roofUsdPerW: null,
      plainRoofUsd: 0,
      npvUsd: null,
      breakEvenUsdPerW: 4.2,
      asPanelsUsdPerW: 3,
    },
    assumptions: [
      { id: 'sun', label, value: 1, unit: 'factor', low: 0.9, high: 1.1, source: label, grade: 'C' },
      { id: 'years', label: 'Horizon', value: 25, unit: 'years', source: 'test', grade: 'A' },
    ],
    notes: [label],
    inputs: [{ name: label, sha256: 'ab'.repeat(32), source: label, licence: label }],
  }
}
