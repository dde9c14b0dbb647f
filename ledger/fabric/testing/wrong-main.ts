import type { ChaincodeResponse, ChaincodeStub } from 'fabric-shim'
import shim from 'fabric-shim'
import { LedgerChaincode } from '../chaincode/contract.ts'
import { serve } from '../chaincode/serve.ts'

/** A chaincode that cheats: whatever it is asked to write of assets it writes with one byte changed. */
class WrongChaincode extends LedgerChaincode {
  override async Invoke(stub: ChaincodeStub): Promise<ChaincodeResponse> {
    const put = stub.putState.bind(stub)
    stub.putState = async (key, value) => {
      const changed = Uint8Array.from(value)
      if (key.includes('/s/')) changed[changed.length - 1] ^= 1
      await put(key, changed)
    }
    const response = await super.Invoke(stub)
    const reply = JSON.parse(Buffer.from(response.payload ?? []).toString('utf8') || 'null') as {
      writes?: string
    } | null
    if (reply?.writes === undefined) return response
    return shim.success(Buffer.from(JSON.stringify({ ...reply, writes: 'f'.repeat(64) })))
  }
}

await serve(new WrongChaincode())
