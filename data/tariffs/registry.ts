import { MA_R1, massachusettsYear } from './massachusetts-electric.ts'
import { NY_SC1, NY_SEASONAL_TOU_STUDY } from './niagara-mohawk.ts'
import type { PublishedTariff } from './published.ts'

/** Published rates that a scenario may name. */
export const PUBLISHED_TARIFFS = {
  'ma-r1': MA_R1,
  'ma-r1-2022': massachusettsYear(2022, 'fixed'),
  'ma-r1-2023': massachusettsYear(2023, 'fixed'),
  'ma-r1-2024': massachusettsYear(2024, 'fixed'),
  'ma-r1-2024-variable': massachusettsYear(2024, 'variable'),
  'ny-sc1': NY_SC1,
  'ny-seasonal-tou-study': NY_SEASONAL_TOU_STUDY,
} as const satisfies Record<string, PublishedTariff>

export type PublishedName = keyof typeof PUBLISHED_TARIFFS
export const PUBLISHED_NAMES = Object.keys(PUBLISHED_TARIFFS) as [PublishedName, ...PublishedName[]]

export const publishedTariff = (name: PublishedName): PublishedTariff => PUBLISHED_TARIFFS[name]
