import { type CommunitySent, sent } from './packed-months.ts'
import simulateCommunity, { type CommunityRefused, type CommunityTask } from './worker.ts'

/** Simulates one community in a thread of the pool. */
export default async function answer(task: CommunityTask): Promise<CommunitySent | CommunityRefused> {
  const done = await simulateCommunity(task)
  return 'problems' in done ? done : sent(done)
}
