// %% [markdown]
// # The same tokens on Hyperledger Fabric
//
// The ledger's contract runs twice: in the simulator's process, and as chaincode on a network whose two organisations, the utility and
// the operator, both endorse every transaction. Here a network is started on this machine, a day of twelve homes is brought
// onto it, and the state that both ledgers hold is compared. On the command line: `vpp fabric up`, `vpp run … --ledger fabric`.

// %% A network
import { fabricNetwork, plot, run, show, withTokens } from 'vpp-workbench'

const network = await fabricNetwork()
show(await network.services())

// %% A day on both ledgers
const day = await run('first-neighborhood', { set: { 'period.days': 1 }, network })
const [community] = withTokens(day.results.communities)
const [there] = day.fabric
show([
  { ledger: 'in process', transactions: community.ledger.transactions, state: community.ledger.stateHash },
  { ledger: 'on Fabric', transactions: there.transactions, state: there.stateHash },
])

// %% Lots that live, asked from the network
const lots = await network.lots(there.ledger)
const stored = lots.filter(({ kind }) => kind === 'tstorage')
show(`${lots.length} lots live, ${stored.length} of them in batteries`)
show(
  stored
    .slice(0, 5)
    .map(({ asset, minute, source, from, mintedMilliWh, activeMilliWh, setAsideMilliWh }) => ({
      lot: `${asset}/${minute}/${source}/${from}`,
      'minted, kWh': mintedMilliWh / 1e6,
      'active, kWh': activeMilliWh / 1e6,
      'set aside, kWh': setAsideMilliWh / 1e6,
    })),
)

// %% When the energy behind the tokens was generated
const byHour = Map.groupBy(stored, ({ minute }) => Math.floor(minute / 60) % 24)
const hours = [...byHour.keys()].toSorted((a, b) => a - b)
const sumKwh = (state: 'activeMilliWh' | 'setAsideMilliWh') =>
  hours.map((hour) => (byHour.get(hour) ?? []).reduce((sum, lot) => sum + lot[state] / 1e6, 0))
show(
  plot({
    title: 'Storage tokens at the end of the day, by the hour in which their energy was generated',
    kind: 'points',
    x: hours,
    xLabel: 'hour of generation, UTC',
    yLabel: 'kWh',
    series: [
      { label: 'active', values: sumKwh('activeMilliWh') },
      { label: 'set aside', values: sumKwh('setAsideMilliWh') },
    ],
  }),
)

// %% One lot's life, as the network committed it
const [first] = stored.toSorted((a, b) => b.mintedMilliWh - a.mintedMilliWh)
const steps = await network.trace(
  there.ledger,
  `${first.asset}/${first.minute}/${first.source}/${first.from}`,
)
show(
  steps.map(({ transaction, lot }) => ({
    transaction: transaction.slice(0, 12),
    'active, kWh': lot === null ? 'gone' : lot.activeMilliWh / 1e6,
    'set aside, kWh': lot === null ? 'gone' : lot.setAsideMilliWh / 1e6,
  })),
)

// %% Down again
await network.down({ wipe: true })
