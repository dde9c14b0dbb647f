import type { ChaincodeResponse, ChaincodeStub } from 'fabric-shim'
import shim from 'fabric-shim'
import { LedgerChaincode } from '../chaincode/contract.ts'
import { serve } from '../chaincode/serve.ts'

/** Bytes of a lot: as many as the ledger keeps of one. */
export const LOT_BYTES = 104

/**
 * The ledger's chaincode, and beside it in the same process a contract that checks nothing but that a key is new:
 * what the network itself allows. `bare LOTS_A_KEY KEY LOTS` writes lots that nobody owns.
 */
class MeasuredChaincode extends LedgerChaincode {
  override async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    const [name, perKey, prefix, lots] = stub.getArgs()
    if (name !== 'bare') return super.Invoke(stub)
    const keys = Math.ceil(Number(lots) / Number(perKey))
    const value = new Uint8Array(Number(perKey) * LOT_BYTES).fill(7)
    const names = Array.from({ length: keys }, (_, at) => `bare/${prefix}/${at}`)
    const found = await Promise.all(names.map((key) => stub.getState(key)))
    if (found.some(({ length }) => length > 0)) return shim.error('minted before')
    await Promise.all(names.map((key) => stub.putState(key, value)))
    return shim.success(Buffer.from(String(keys)))
  }
}

await serve(new MeasuredChaincode())
