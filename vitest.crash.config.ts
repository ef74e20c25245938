// Tests that start and kill real servers: one after the other, on databases of their own.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/faults/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
})
