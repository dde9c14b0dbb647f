/**
 * How far self-consumption is off when hourly data are split into shorter steps, percentage points:
 * the largest error over five measured series of 15 and 30 minutes, without and with a 10 kWh battery.
 * Measured by `bench/disaggregation-caveat.ts`; the table stands in `bench/disaggregation-caveat.md`.
 */
export const DISAGGREGATION_CAVEAT = {
  source: 'bench/disaggregation-caveat.md',
  series: 5,
  withoutBattery: { hold: 3.3, smooth: 2.5, stochastic: 1.3 },
  withBattery: { hold: 0.3, smooth: 0.2, stochastic: 0.1 },
} as const
