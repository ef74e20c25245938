// Journeys on the production server with fresh demo data. Needs a current build: `npm run build` first, or `npm test`.
import os from 'node:os'
import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { freePort } from './db/testing/cluster.ts'
import { systemChromium } from './scripts/tools.js'

// Every worker reads this file again and inherits the environment, so the first reading decides for all.
// Reading it makes no folder: other tools read it too, and the server makes its own.
process.env.E2E_PORT ??= String(await freePort())
process.env.E2E_DATA_DIR ??= path.join(os.tmpdir(), `clientele-e2e-${process.pid}-${Date.now()}`)
const baseURL = `http://127.0.0.1:${process.env.E2E_PORT}`
const executablePath = systemChromium()

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  globalTeardown: './e2e/global-teardown.ts',
  use: {
    baseURL,
    // A trace of every test costs a fifth of the run: TRACE=1 asks for it.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'UTC',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
  webServer: {
    command: 'node --import ./scripts/node-guard.js scripts/start.ts --demo',
    url: baseURL,
    timeout: 180_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'ignore',
    env: {
      NODE_ENV: 'production',
      PORT: process.env.E2E_PORT,
      HOST: '127.0.0.1',
      DATA_DIR: process.env.E2E_DATA_DIR,
      DATABASE_URL: '',
      PUBLIC_URL: baseURL,
      LOG_LEVEL: 'warn',
      DEMO_CUSTOMERS: '300',
      WEBHOOK_ALLOW_HOSTS: '127.0.0.1',
    },
  },
})
