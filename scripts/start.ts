// Starts the production server: builds when the sources changed, loads the demo with --demo, then serves in this process.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { buildIfStale } from './build.ts'

type Demo = {
  baseUrl: string
  staff: { email: string; password: string; role: string; merchant: string }[]
  apiKeys: { merchant: string; name: string; key: string }[]
  connectors: { name: string; apiKey: string; username: string; password: string }[]
}

/** How to sign in and one call to try; every value comes from the demo's own file. */
function welcome(demo: Demo, baseUrl: string): string {
  const owner = demo.staff.find((person) => person.role === 'owner')
  const key = demo.apiKeys.find((item) => item.name === 'full')?.key
  const stax = demo.apiKeys.find((item) => item.name === 'stax')?.key
  const cards = demo.connectors.find((item) => item.name === 'cards')
  const debit = { merchantTransactionId: 'first', transactionToken: 'ix::sim-visa', amount: '9.99', currency: 'GBP' }
  return [
    '',
    `Clientele runs at ${baseUrl}`,
    `  sign in     ${owner?.email}  ${owner?.password}`,
    '  everyone    and every key: see demo.json in the data folder',
    `  API         curl -H 'X-API-Key: ${key}' '${baseUrl}/api/customers?limit=3'`,
    `  Stax        curl -H 'Authorization: Bearer ${stax}' '${baseUrl}/api/stax/customer?per_page=3'`,
    `  IXOPAY v3   curl -u '${cards?.username}:${cards?.password}' -H 'Content-Type: application/json' \\`,
    `                '${baseUrl}/api/v3/transaction/${cards?.apiKey}/debit' -d '${JSON.stringify(debit)}'`,
    '',
  ].join('\n')
}

async function start(isDemo: boolean): Promise<void> {
  Object.assign(process.env, { NODE_ENV: process.env.NODE_ENV || 'production' })
  buildIfStale()
  // Settings are read when the first module of the product loads, so nothing of it is imported above.
  const { env } = await import('#lib/env')
  const file = path.join(env.DATA_DIR, 'demo.json')
  if (isDemo) {
    const { default: loadDemo } = await import('../db/demo/load.ts')
    await loadDemo()
  }
  await import('../server.ts')
  if (isDemo) process.stdout.write(`${welcome(JSON.parse(readFileSync(file, 'utf8')), env.publicUrl)}\n`)
}

await start(process.argv.includes('--demo'))
