import { common } from '@hyperledger/fabric-protos'
import type { Gateways } from '../client/gateway.ts'
import { type Invocation, invocationsOf } from './block.ts'

/** Every invocation that the chain holds, from block 0 to where it ends now. */
export async function* readChain(gateways: Gateways): AsyncGenerator<Invocation> {
  const { channel } = gateways.connection
  const network = gateways.door.gateway.getNetwork(channel)
  const qscc = network.getContract('qscc')
  const info = common.BlockchainInfo.deserializeBinary(
    await qscc.evaluateTransaction('GetChainInfo', channel),
  )
  const end = BigInt(info.getHeight())
  const blocks = await network.getBlockEvents({ startBlock: 0n })
  try {
    for await (const block of blocks) {
      yield* invocationsOf(block)
      if (BigInt(block.getHeader()?.getNumber() ?? 0) + 1n >= end) return
    }
  } finally {
    blocks.close()
  }
}
