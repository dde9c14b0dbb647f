import { behaviourOf } from '../behaviour/suite.ts'
import { describeWithFabric, withNetwork } from './testing/network.ts'
import { fabricLedger, Speakers } from './testing/ledger.ts'

/** What every ledger must do, asked of the network: endorsed by both organisations, ordered, committed. */
describeWithFabric('a Fabric network', () => {
  const network = withNetwork()
  behaviourOf('Fabric', () => fabricLedger((ledger) => new Speakers(network().connection, ledger)))
})
