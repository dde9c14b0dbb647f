import { median, type Row, short } from './row.ts'
import { runNeighborhood } from './year.ts'

/** Homes and days, the agent-steps of all alike; the smallest takes the longest. */
const STEPS_PER_DAY = 288
const SIZES = [10, 100, 1000, 10_000, 100_000] as const
/** A day, which is the least that has sun and night, of the largest community. */
const AGENT_STEPS = 100_000 * STEPS_PER_DAY
const MOST = 1.3

const daysOf = (homes: number): number => Math.round(AGENT_STEPS / homes / STEPS_PER_DAY)

/** From ten homes to a hundred thousand in one community. */
export const flat: Row = {
  id: 'flat',
  title: 'cost per agent-step from 10 to 100,000 homes, equal numbers of agent-steps, tokens on',
  target: 'flat within 30 %',
  measure() {
    const runs = SIZES.map((homes) => ({ homes, ...runNeighborhood(homes, daysOf(homes), 'own') }))
    const ns = runs.map(({ engineSeconds, agentSteps }) => (engineSeconds * 1e9) / agentSteps)
    const spread = Math.max(...ns) / Math.min(...ns)
    const lines = runs.map(
      ({ homes, agentSteps, operations, megabytes }, at) =>
        `| ${homes.toLocaleString('en-US')} | ${daysOf(homes)} | ${short(ns[at])} | ${(operations / agentSteps).toFixed(2)} | ${Math.round(megabytes)} |`,
    )
    return {
      measured: `greatest ${short(spread)} × the least`,
      reached: spread <= MOST,
      detail: `One community, engine and ledger in one thread, its processor time; ${AGENT_STEPS.toLocaleString('en-US')} agent-steps each. The smaller ones
run through their year again; accounts opened and bills closed for a hundred thousand homes stand against a single day. Median ${short(median(ns))} ns.

| homes | days | ns per agent-step | operations an agent-step | most memory, MB |
|---|---|---|---|---|
${lines.join('\n')}`,
    }
  },
}
