/** Which queue: the same for who gives runs and who takes them. */
export const QUEUE_OPTIONS = {
  redis: {
    type: 'string',
    requiresArg: true,
    default: 'redis://127.0.0.1:6379',
    describe: 'Redis or Valkey server of the queue',
  },
  queue: { type: 'string', requiresArg: true, default: 'vpp', describe: 'name of the queue' },
} as const
