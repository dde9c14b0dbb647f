import { behaviourOf } from './suite.ts'
import { localLedger } from './local.ts'

behaviourOf('in-process ledger', localLedger)
