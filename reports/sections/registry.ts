import { accounts } from './accounts.ts'
import { asked } from './asked.ts'
import { assumptions } from './assumptions.ts'
import { audit } from './audit.ts'
import { bills } from './bills.ts'
import { burnTrial } from './burn-trial.ts'
import { dispatch } from './dispatch.ts'
import { energy } from './energy.ts'
import { fairness } from './fairness.ts'
import { flexible } from './flexible.ts'
import { forecasts } from './forecasts.ts'
import { formulas } from './formulas.ts'
import { ledger } from './ledger.ts'
import { limits } from './limits.ts'
import { made } from './made.ts'
import { mechanisms } from './mechanisms.ts'
import { money } from './money.ts'
import { pays } from './pays.ts'
import type { Section } from './section.ts'
import { rules } from './rules.ts'
import { statement } from './statement.ts'
import { tokens } from './tokens.ts'
import { wires } from './wires.ts'

/** The report after its first screen, in order. */
export const SECTIONS = [
  asked,
  rules,
  money,
  pays,
  mechanisms,
  fairness,
  accounts,
  energy,
  dispatch,
  forecasts,
  flexible,
  wires,
  tokens,
  burnTrial,
  ledger,
  bills,
  statement,
  assumptions,
  audit,
  limits,
  made,
  formulas,
] as const satisfies readonly Section[]
