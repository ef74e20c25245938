// Loads the demo into an empty database through the product's own commands and writes DATA_DIR/demo.json.
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { countAll } from '#db/kit'
import { merchants } from '#db/schema'
import { unchanged } from '#lib/core/record'
import { command } from '#lib/core/verb'
import { env } from '#lib/env'
import { db, openDb } from '../client.ts'
import { at } from '../testing/make.ts'
import { type Demo, makeAccess } from './access.ts'
import { planSteps, type Step } from './plan.ts'

const DAY_MS = 86_400_000
/** Before the first customer joined. */
const OPENED_MS = 560 * DAY_MS
/** One transaction holds the writer for about a second. */
const STEPS_AT_ONCE = 500

const file = () => path.join(env.DATA_DIR, 'demo.json')

/** The file is complete or not there: it is what says that the demo is loaded. */
function writeDemo(demo: Demo): void {
  fs.mkdirSync(env.DATA_DIR, { recursive: true, mode: 0o700 })
  const unfinished = `${file()}.new`
  fs.writeFileSync(unfinished, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 })
  fs.renameSync(unfinished, file())
}

async function hasMerchants(): Promise<boolean> {
  const [row] = await db().read.select({ n: countAll() }).from(merchants)
  return (row?.n ?? 0) > 0
}

const Steps = z.object({ steps: z.custom<readonly Step[]>() })

/** Many steps in one transaction, in their order, each by the one who takes it and at its own time. */
const applySteps = command(null, Steps, async (tx, { steps }) => {
  for (const { at: time, merchantId, actor, run } of steps) await run({ ...tx, merchantId, actor, now: () => time })
  unchanged(tx)
})

/**
 * Makes the demo once: with demo.json and its database in place it only brings the address up to date. Throws when the
 * database holds something else, or what is left of a load that broke off.
 */
export default async function loadDemo(): Promise<void> {
  await openDb()
  await db().migrate()
  if (await hasMerchants()) {
    if (!fs.existsSync(file())) {
      throw new Error(
        `The database of ${env.DATA_DIR} is not empty, and it holds no complete demo. ` +
          'Remove that folder, or set DATA_DIR to a new one.',
      )
    }
    const known: Demo = JSON.parse(fs.readFileSync(file(), 'utf8'))
    if (known.baseUrl !== env.publicUrl) writeDemo({ ...known, baseUrl: env.publicUrl })
    return
  }
  // The day decides the content, not the minute: two loads of one day differ in ids and secrets only.
  const today = new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS)
  const { demo, shops } = await makeAccess(env.publicUrl, new Date(today.getTime() - OPENED_MS))
  const steps = planSteps(shops, env.DEMO_CUSTOMERS, today)
  for (let from = 0; from < steps.length; from += STEPS_AT_ONCE) {
    await applySteps(at(0, { requestId: 'req_demo' }), { steps: steps.slice(from, from + STEPS_AT_ONCE) })
  }
  writeDemo(demo)
}
