import { type TokenAccount, withTokens } from '../../data/run-files.ts'
import type { Kpi } from './kpi.ts'
import { keptTokens } from './tokens.ts'

export const KINDS = ['tgen', 'tstorage', 'shadow'] as const
export type Kind = (typeof KINDS)[number]

/** Minted less everything that a token can have become, milliwatt-hours. */
export const accountResidual = ({
  mintedMilliWh,
  activeMilliWh,
  setAsideMilliWh,
  burned,
}: TokenAccount): number =>
  mintedMilliWh - activeMilliWh - setAsideMilliWh - Object.values(burned).reduce((sum, part) => sum + part, 0)

export const tokenResidual = {
  id: 'token-residual',
  label: 'Token accounts, what is left over',
  unit: 'kWh',
  better: 'lower',
  formula: 'max over kinds of |minted − active − set aside − Σ burned|; must be 0',
  source: 'communities[].tgen, tstorage, shadow',
  applies: keptTokens,
  compute: ({ results }) =>
    Math.max(
      0,
      ...withTokens(results.communities).flatMap((community) =>
        KINDS.map((kind) => Math.abs(accountResidual(community[kind]))),
      ),
    ) / 1e6,
} as const satisfies Kpi
