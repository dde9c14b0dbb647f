import type { HomeResult } from '../../data/run-files.ts'
import type { FeederResult, WireCase } from '../../data/run-feeder.ts'

const wireCase = (curtailedMilliWh: number, ageingDays: number): WireCase => ({
  voltageMinPu: 0.963,
  voltageMinBus: 'service-1',
  voltageMaxPu: 1.05,
  voltageMaxBus: 'service-2',
  linePercent: 84.2,
  line: 'transformer – service-1',
  transformerPercent: 97.3,
  hotSpotC: 88.1,
  ageingDays,
  lossMilliWh: 1_234_567_000,
  highVoltageHours: 0,
  lowVoltageHours: 0,
  lineHours: 0,
  transformerHours: 1.5,
  curtailedMilliWh,
  curtailedHours: curtailedMilliWh === 0 ? 0 : 12,
})

/** Wires of a made-up run: the first home is cut, and bears the losses. */
export const sampleFeeder = (homes: readonly HomeResult[]): FeederResult => ({
  source: 'made up',
  network: { buses: homes.length + 2, lines: homes.length, transformers: [{ name: '50 kVA', ratedKva: 50 }] },
  rule: 'block-trades',
  limits: { minPu: 0.95, maxPu: 1.05, transformerPercent: 100, linePercent: 100 },
  cases: {
    'no-solar': wireCase(0, 0.2),
    'solar-only': wireCase(9_000_000, 0.9),
    plant: wireCase(4_000_000, 0.4),
  },
  buses: homes.map(({ id }, at) => ({
    name: `service <${id}>`,
    minPu: 0.98 - at / 1000,
    maxPu: 1.02 + at / 1000,
  })),
  homes: homes.map(({ id }, at) => ({
    homeId: id,
    bus: `service <${id}>`,
    curtailedMilliWh: at === 0 ? 4_000_000 : 0,
    curtailedSolarOnlyMilliWh: at === 0 ? 9_000_000 : 0,
    cutHours: at === 0 ? 12 : 0,
    lossMilliWh: at === 0 ? 1_234_567_000 : 0,
  })),
  blocked: { offers: 1, milliWh: 4_000_000 },
  hosting: {
    at: '2016-11-01T18:00Z',
    loadKw: 4.2,
    uniformKw: 4.7,
    uniformElement: 'the voltage at service-2',
    worstKw: 1000,
    worstBus: 'service-1',
    worstElement: '',
  },
})
