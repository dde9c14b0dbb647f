import { defineConfig } from 'vitest/config'

/** The tests of the ledger contract alone, for `npm run suite:mutation`. */
export default defineConfig({
  test: {
    include: [
      'ledger/contract/**/*.test.ts',
      'ledger/behaviour/{local,fuzz,differential,passes,opening,tables,limits-registry,limits-lots}.test.ts',
      'ledger/local/versions.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
