import type { SizingAssumption } from '../../data/sizing-result.ts'
import type { Triangle } from './uncertain.ts'

/** Things that are not known and drawn together, each over a triangle. */
export const DRAWN = [
  'sun',
  'load',
  'escalation',
  'panels-price',
  'battery-price',
  'fade',
  'export-rule',
] as const
export type Drawn = (typeof DRAWN)[number]

interface DrawnDefault extends Triangle {
  readonly label: string
  readonly unit: string
  readonly source: string
  readonly grade: SizingAssumption['grade']
}

/** What is drawn, with its source: REopt is NREL/REopt.jl of January 2026; ATB NREL's Annual Technology Baseline 2024. */
export const DRAWN_DEFAULTS: Record<Drawn, DrawnDefault> = {
  sun: {
    label: 'Sun over the horizon, against the year that was read',
    unit: 'factor',
    low: 0.92,
    mode: 1,
    high: 1.08,
    source: 'assumed',
    grade: 'C',
  },
  load: {
    label: 'Use of the home, against the year that was read',
    unit: 'factor',
    low: 0.85,
    mode: 1,
    high: 1.15,
    source: 'assumed',
    grade: 'C',
  },
  escalation: {
    label: 'Rise of electricity prices',
    unit: 'a year',
    low: 0,
    mode: 0.0166,
    high: 0.035,
    source: 'REopt’s default, 1.66 % a year; its range is assumed',
    grade: 'B',
  },
  'panels-price': {
    label: 'Panels, installed',
    unit: 'USD/W',
    low: 2.5,
    mode: 3,
    high: 3.5,
    source:
      'EnergySage median 2.50 (H2 2024), ATB mean 2.78, a Massachusetts vendor 3.16 (2026); not one source',
    grade: 'C',
  },
  'battery-price': {
    label: 'Battery, installed',
    unit: 'USD/kWh',
    low: 850,
    mode: 1100,
    high: 1340,
    source: 'vendor table of 2026 852 to 1,000, EnergySage 1,339 (H2 2022)',
    grade: 'C',
  },
  fade: {
    label: 'Power that panels lose',
    unit: 'a year',
    low: 0.003,
    mode: 0.005,
    high: 0.01,
    source: 'REopt’s default, 0.5 % a year; its range is assumed',
    grade: 'B',
  },
  'export-rule': {
    label: 'Years until today’s rule for exports ends',
    unit: 'years',
    low: 5,
    mode: 25,
    high: 45,
    source: 'assumed: nobody knows; beyond the horizon it does not end',
    grade: 'C',
  },
}

/** Figures that are not drawn. */
export const FIXED_DEFAULTS = {
  years: { value: 25, unit: 'years', label: 'Horizon', source: 'REopt’s default', grade: 'A' },
  discount: {
    value: 0.06,
    unit: 'a year',
    label: 'Discount rate, nominal',
    source: 'assumed for a household; REopt takes 6.24 % for business',
    grade: 'C',
  },
  'upkeep-growth': {
    value: 0.025,
    unit: 'a year',
    label: 'Rise of upkeep',
    source: 'REopt’s default',
    grade: 'A',
  },
  'panels-upkeep': {
    value: 32,
    unit: 'USD/kW/year',
    label: 'Upkeep of panels, inverter included',
    source: 'REopt’s default (ATB)',
    grade: 'A',
  },
  'battery-upkeep': {
    value: 0,
    unit: 'of its price a year',
    label: 'Upkeep of the battery',
    source: 'assumed for homes; REopt takes 2.5 % for business',
    grade: 'C',
  },
  'battery-life': {
    value: 12,
    unit: 'years',
    label: 'Life of a battery',
    source: '10 to 15 years, press',
    grade: 'C',
  },
  'battery-replacement': {
    value: 1,
    unit: 'of today’s price',
    label: 'Price of the next battery',
    source: 'assumed: the same in dollars of that day, so less in real terms',
    grade: 'C',
  },
  'battery-hours': {
    value: 2.7,
    unit: 'hours',
    label: 'Battery’s energy over its power',
    source: '13.5 kWh and 5 kW, a usual home battery',
    grade: 'C',
  },
  'dc-ac': {
    value: 1.2,
    unit: 'DC/AC',
    label: 'Panels over inverter',
    source: 'PVWatts and ATB',
    grade: 'A',
  },
  'panels-m2': {
    value: 0.19,
    unit: 'kW/m²',
    label: 'Panels on a square meter of roof',
    source: 'module efficiency of PVWatts 8, standard',
    grade: 'A',
  },
} as const satisfies Record<string, Omit<SizingAssumption, 'id'>>
export type Fixed = keyof typeof FIXED_DEFAULTS
