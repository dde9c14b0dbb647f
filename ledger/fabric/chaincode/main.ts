import { LedgerChaincode } from './contract.ts'
import { serve } from './serve.ts'

await serve(new LedgerChaincode())
