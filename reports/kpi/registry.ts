import { avoidedSupply } from './avoided-supply.ts'
import { batteryCost } from './battery-cost.ts'
import { batteryLosses } from './battery-losses.ts'
import { batteryPayback } from './battery-payback.ts'
import { batterySaving } from './battery-saving.ts'
import { burnError } from './burn-error.ts'
import { energyResidual } from './energy-residual.ts'
import { curtailedShare } from './curtailed-share.ts'
import { wireLosses } from './wire-losses.ts'
import { voltageHighest } from './voltage-highest.ts'
import { voltageLowest } from './voltage-lowest.ts'
import { transformerLoading } from './transformer-loading.ts'
import { hotSpot } from './hot-spot.ts'
import { transformerAgeing } from './transformer-ageing.ts'
import { hostingCapacity } from './hosting-capacity.ts'
import {
  administratorTest,
  participantTest,
  ratepayerTest,
  resourceTest,
  societalTest,
} from './cost-tests.ts'
import { burdenAfter, burdenBefore, savingGini, savingJain, tradingLosers } from './fairness.ts'
import type { Kpi } from './kpi.ts'
import { ledgerMoneyResidual } from './ledger-money-residual.ts'
import { ledgerOperations } from './ledger-operations.ts'
import { load } from './load.ts'
import { meanPeerPrice } from './mean-peer-price.ts'
import { operatorIncome } from './operator-income.ts'
import { overBurned } from './over-burned.ts'
import { paidOnceResidual } from './paid-once.ts'
import { peakImportChange } from './peak-import-change.ts'
import { plantGain } from './plant-gain.ts'
import {
  gainOnTimeVarying,
  gainOnToday,
  gainOnWholesale,
  losersOnToday,
  rulesResidual,
} from './rule-gains.ts'
import { selfConsumption } from './self-consumption.ts'
import { selfSufficiency } from './self-sufficiency.ts'
import { solar } from './solar.ts'
import { storageLossBurned } from './storage-loss-burned.ts'
import { tgenMinted } from './tgen-minted.ts'
import { tokenResidual } from './token-residual.ts'
import { traded } from './traded.ts'
import { tradingGain } from './trading-gain.ts'
import { transfersResidual } from './transfers-residual.ts'
import { tstorageMinted } from './tstorage-minted.ts'
import { unbacked } from './unbacked.ts'
import { unclaimedShare } from './unclaimed-share.ts'
import { utilityExport } from './utility-export.ts'
import { utilityImport } from './utility-import.ts'
import { utilityRevenueChange } from './utility-revenue-change.ts'

/** Every key figure, in the order of kpi.json and of the report's list of formulas. */
export const KPIS = [
  selfSufficiency,
  selfConsumption,
  solar,
  load,
  utilityImport,
  utilityExport,
  traded,
  peakImportChange,
  batteryLosses,
  energyResidual,
  meanPeerPrice,
  plantGain,
  tradingGain,
  gainOnToday,
  gainOnWholesale,
  gainOnTimeVarying,
  losersOnToday,
  rulesResidual,
  operatorIncome,
  utilityRevenueChange,
  avoidedSupply,
  transfersResidual,
  paidOnceResidual,
  savingGini,
  savingJain,
  tradingLosers,
  burdenBefore,
  burdenAfter,
  participantTest,
  ratepayerTest,
  administratorTest,
  resourceTest,
  societalTest,
  batterySaving,
  batteryCost,
  batteryPayback,
  tgenMinted,
  tstorageMinted,
  storageLossBurned,
  burnError,
  overBurned,
  unbacked,
  unclaimedShare,
  tokenResidual,
  ledgerOperations,
  ledgerMoneyResidual,
  curtailedShare,
  wireLosses,
  voltageHighest,
  voltageLowest,
  transformerLoading,
  hotSpot,
  transformerAgeing,
  hostingCapacity,
] as const satisfies readonly Kpi[]

/** Ids that exist: a section that asks for another does not compile. */
export type KpiId = (typeof KPIS)[number]['id']
