import { VppError } from '../../../data/errors.ts'

/** The chaincode took a submission for no submission at all: what it says begins with `malformed`. */
export class NotTaken extends VppError {
  constructor(problem: string, cause?: unknown) {
    super(
      'failure',
      { place: 'chaincode', problem, fix: 'see ledger/fabric/README.md for its functions' },
      cause,
    )
    this.name = 'NotTaken'
  }
}

/** A peer's chaincode answers otherwise than the contract does. */
export class Disagreement extends VppError {
  /** Names of the peers that differ. */
  readonly peers: readonly string[]

  constructor(peers: readonly { name: string; problem: string }[], cause?: unknown) {
    const fix = 'restart its chaincode from this version of the project (`vpp fabric up`)'
    super(
      'failure',
      peers.map(({ name, problem }) => ({ place: name, problem, fix })),
      cause,
    )
    this.name = 'Disagreement'
    this.peers = peers.map(({ name }) => name)
  }
}
