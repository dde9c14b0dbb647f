import type { SizingAssumption } from '../../data/sizing-result.ts'
import { DRAWN, DRAWN_DEFAULTS, FIXED_DEFAULTS, type Fixed } from '../../models/sizing/defaults.ts'
import type { SizingRequest } from './request.ts'

/** Every figure that the answer stands on; what the asker gave has the asker for a source. */
export function sizingAssumptions(request: SizingRequest): SizingAssumption[] {
  const { drawn, fixed, given, neighbors, afterUsdPerKwh, carbon, sun, exportRuleYears } = request
  const sourced = (id: string, source: string, grade: SizingAssumption['grade']) =>
    given.has(id) ? { source: 'given', grade: 'A' as const } : { source, grade }
  const varied = DRAWN.map((id): SizingAssumption => {
    const { label, unit, source, grade } = DRAWN_DEFAULTS[id]
    const { low, mode, high } = drawn[id]
    const value = id === 'export-rule' ? (exportRuleYears ?? 'not before the horizon') : mode
    return { id, label, value, unit, low, high, ...sourced(id, source, grade) }
  })
  const still = (Object.keys(FIXED_DEFAULTS) as Fixed[]).map((id): SizingAssumption => {
    const { label, unit, source, grade } = FIXED_DEFAULTS[id]
    return { id, label, value: fixed[id], unit, ...sourced(id, source, grade) }
  })
  return [
    ...varied,
    ...still,
    ...(sun.kind === 'place'
      ? [
          {
            id: 'yield',
            label: 'Yield of 1 kW at 30° towards the equator',
            value: sun.place.yieldKwhPerKw,
            unit: 'kWh/kW/year',
            ...sourced('yield', sun.place.yieldSource, 'A'),
          },
        ]
      : []),
    {
      id: 'export-after',
      label: 'Earned by an export once today’s rule has ended',
      value: afterUsdPerKwh,
      unit: 'USD/kWh',
      ...sourced('export-after', 'NYISO mean wholesale price of 2025, a proxy', 'B'),
    },
    {
      id: 'peer-delivery',
      label: 'Delivery on a neighbor’s energy',
      value: neighbors.deliveryUsdPerKwh,
      unit: 'USD/kWh',
      ...sourced(
        'peer-delivery',
        'all delivery lines of the tariff; that a neighbor’s kWh pays them is assumed',
        'C',
      ),
    },
    {
      id: 'peer-fee',
      label: 'Fee of a market among neighbors',
      value: neighbors.feeUsdPerKwh,
      unit: 'USD/kWh',
      ...sourced('peer-fee', 'assumed', 'C'),
    },
    {
      id: 'neighbor',
      label: 'Panels of the neighbor that sells',
      value: neighbors.sellerPanelsKw,
      unit: 'kW',
      ...sourced('neighbor', 'assumed; it uses what this home uses', 'C'),
    },
    {
      id: 'carbon-marginal',
      label: 'CO₂ of the plant that a kWh less turns down',
      value: carbon.marginalKgPerKwh ?? 'not given',
      unit: 'kg/kWh',
      ...sourced('carbon-marginal', carbon.source, 'B'),
    },
    {
      id: 'carbon-average',
      label: 'CO₂ of the grid’s mean kWh',
      value: carbon.averageKgPerKwh ?? 'not given',
      unit: 'kg/kWh',
      ...sourced('carbon-average', carbon.source, 'B'),
    },
  ]
}
