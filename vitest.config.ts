// Unit tests: `npm run test:unit` on SQLite, `npm run test:unit:postgres` on a real PostgreSQL, the same files.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    include: ['{app,lib,db,components,scripts}/**/*.test.ts'],
    globalSetup: ['db/testing/global-setup.ts'],
    setupFiles: ['db/testing/database.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
})
