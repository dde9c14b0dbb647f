import { common, ledger as ledgerProtos, peer } from '@hyperledger/fabric-protos'

/** Where a key was last written: the block and the transaction's place in it; null: it was not there. */
export type Version = `${bigint}/${bigint}` | null

/** What a transaction did with the state of one chaincode. */
export interface StateAccess {
  readonly reads: readonly { readonly key: string; readonly version: Version }[]
  readonly ranges: readonly {
    readonly first: string
    readonly end: string
    readonly keys: readonly string[]
  }[]
  readonly writes: readonly { readonly key: string; readonly removed: boolean }[]
}

/** One invocation of a chaincode as a block holds it, valid or not. */
export interface Invocation {
  readonly id: string
  readonly block: bigint
  readonly place: number
  /** The validation code: 0 valid, 11 a read that was no longer so, 12 a range that was not. */
  readonly code: number
  readonly chaincode: string
  readonly args: readonly Uint8Array[]
  readonly response: Uint8Array
  readonly access: StateAccess
}

const ENDORSER_TRANSACTION = 3
const VALIDATION_CODES = 2

/** The invocations of a block in their order; what configures the channel is passed over. */
export function invocationsOf(block: common.Block): Invocation[] {
  const number = BigInt(block.getHeader()?.getNumber() ?? 0)
  const codes = block.getMetadata()?.getMetadataList_asU8()[VALIDATION_CODES] ?? new Uint8Array()
  return (block.getData()?.getDataList_asU8() ?? []).flatMap((bytes, place) => {
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(bytes).getPayload_asU8(),
    )
    const header = common.ChannelHeader.deserializeBinary(
      payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array(),
    )
    if (header.getType() !== ENDORSER_TRANSACTION) return []
    const [action] = peer.Transaction.deserializeBinary(payload.getData_asU8()).getActionsList()
    return { id: header.getTxId(), block: number, place, code: codes[place], ...actionOf(action) }
  })
}

function actionOf(action: peer.TransactionAction) {
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8())
  const proposal = peer.ChaincodeProposalPayload.deserializeBinary(payload.getChaincodeProposalPayload_asU8())
  const spec = peer.ChaincodeInvocationSpec.deserializeBinary(proposal.getInput_asU8()).getChaincodeSpec()
  const endorsed = peer.ProposalResponsePayload.deserializeBinary(
    payload.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  )
  const done = peer.ChaincodeAction.deserializeBinary(endorsed.getExtension_asU8())
  const chaincode = spec?.getChaincodeId()?.getName() ?? ''
  return {
    chaincode,
    args: spec?.getInput()?.getArgsList_asU8() ?? [],
    response: done.getResponse()?.getPayload_asU8() ?? new Uint8Array(),
    access: accessOf(done.getResults_asU8(), chaincode),
  }
}

function accessOf(results: Uint8Array, chaincode: string): StateAccess {
  const sets = ledgerProtos.rwset.TxReadWriteSet.deserializeBinary(results).getNsRwsetList()
  const own = sets.find((set) => set.getNamespace() === chaincode)
  const set = ledgerProtos.rwset.kvrwset.KVRWSet.deserializeBinary(own?.getRwset_asU8() ?? new Uint8Array())
  const versionOf = (version: ledgerProtos.rwset.kvrwset.Version | undefined): Version =>
    version === undefined ? null : `${BigInt(version.getBlockNum())}/${BigInt(version.getTxNum())}`
  return {
    reads: set.getReadsList().map((read) => ({ key: read.getKey(), version: versionOf(read.getVersion()) })),
    ranges: set.getRangeQueriesInfoList().map((range) => ({
      first: range.getStartKey(),
      end: range.getEndKey(),
      keys: (range.getRawReads()?.getKvReadsList() ?? []).map((read) => read.getKey()),
    })),
    writes: set.getWritesList().map((write) => ({ key: write.getKey(), removed: write.getIsDelete() })),
  }
}
