// Promise D9: kills between the halves of a payment, here and at the gateway, move no money twice and lose none. The
// gateway is a server of its own with a simulator behind it, and its ledger is compared with ours.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { randomFrom } from '../../bench/customers.ts'
import { freePort } from '../../db/testing/cluster.ts'
import { type Api, environment, prepare, type Settings, startApi, testFolder } from './api-process.ts'

const KILLS = Number(process.env.FAULT_KILLS || 10)
const SEED = Number(process.env.FAULT_SEED || Date.now() % 1_000_000)
const PAYERS = 8
/** The moments of a kill after the server is ready. */
const [SOONEST_MS, LATEST_MS] = [50, 800]

type Connector = { id: number; apiKey: string; username: string; password: string; sharedSecret: string }

async function ask<T>(port: number, method: string, route: string, key: string, body: object): Promise<T> {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' }
  const res = await fetch(`http://127.0.0.1:${port}/api${route}`, { method, headers, body: JSON.stringify(body) })
  if (!res.ok) throw new Error(`${method} ${route}: ${res.status} ${await res.text()}`)
  return (await res.json()) as T
}

type Paid = { id: string; uuid?: string; returnType?: string }

/** Pays one after the other; an id that got no answer is sent again until it is answered, as a careful shop does. */
function startPayer(number: number, port: number, { apiKey, username, password }: Connector) {
  let stopped = false
  const answered: Paid[] = []
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const pay = async (id: string): Promise<Paid | undefined> => {
    const money = { amount: '1.00', currency: 'EUR', transactionToken: 'ix::sim-visa' }
    const res = await fetch(`http://127.0.0.1:${port}/api/v3/transaction/${apiKey}/debit`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ merchantTransactionId: id, ...money }),
    }).catch(() => undefined)
    const body = (await res?.json().catch(() => undefined)) as Omit<Paid, 'id'> | undefined
    return body && { ...body, id }
  }
  const run = async () => {
    for (let i = 0; !stopped; i++) {
      for (;;) {
        const paid = await pay(`pay-${number}-${i}`)
        if (paid) {
          answered.push(paid)
          break
        }
        await wait(20)
      }
    }
  }
  const done = run()
  const stop = () => {
    stopped = true
    return done
  }
  return { answered, stop }
}

type Row = {
  uuid: string
  merchantTransactionId: string
  state: string
  gatewayReference: string | null
  errorCode: number | null
}

function ledger({ folder }: Settings): Row[] {
  const file = new SQLite(path.join(folder, 'clientele.db'), { readonly: true })
  const rows = file
    .prepare(
      `select uuid, merchant_transaction_id as merchantTransactionId, state, gateway_reference as gatewayReference,
       error_code as errorCode from transactions`,
    )
    .all() as Row[]
  file.close()
  return rows
}

/** The worker's questions of the next hours, at once. The server of that database is stopped. */
const settleAll = (settings: Settings) =>
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'ask.ts')], {
    env: { ...environment(settings, 0), LOG_LEVEL: 'fatal' },
    stdio: 'inherit',
  })

async function stop(api: Api): Promise<void> {
  api.signal('SIGTERM')
  expect(await api.exited).toEqual({ code: 0, signal: null })
}

const ENDS: Record<string, string> = { FINISHED: 'success', ERROR: 'error' }

/** What the two ledgers say against each other; nothing when each payment was made once and is known as it was. */
function contradictions(ours: Row[], theirs: Row[], answered: Paid[]): string[] {
  const there = new Map(theirs.map((row) => [row.merchantTransactionId, row]))
  const here = new Map(ours.map((row) => [row.uuid, row]))
  const twice = ours.length - new Set(ours.map(({ merchantTransactionId }) => merchantTransactionId)).size
  return [
    ...(twice === 0 ? [] : [`${twice} ids were paid twice`]),
    ...theirs.filter(({ merchantTransactionId: uuid }) => !here.has(uuid)).map(({ uuid }) => `${uuid} is theirs alone`),
    ...ours.flatMap(({ uuid, state, gatewayReference, errorCode }) => {
      const its = there.get(uuid)
      // What the gateway does not have was never sent (3003, 3005), or asked about in vain (3005).
      const failed = state === 'error' && (errorCode === 3003 || errorCode === 3005)
      const same = its ? state === its.state && gatewayReference === its.uuid : failed
      return same ? [] : [`${uuid} is ${state} here and ${its?.state ?? 'unknown'} there`]
    }),
    ...answered.flatMap(({ id, uuid, returnType }) => {
      // Without a uuid the id was taken: an attempt that got no answer has paid. A pending one may come to anything.
      if (uuid === undefined) return []
      const state = here.get(uuid)?.state
      const same = returnType === 'PENDING' ? state !== undefined : state === ENDS[returnType ?? '']
      return same ? [] : [`${id} was answered ${returnType} and is ${state}`]
    }),
  ]
}

test(`${KILLS} kills here and there move no money twice and lose none`, {
  timeout: KILLS * 8000 + 60_000,
}, async () => {
  process.stdout.write(`payment test: FAULT_SEED=${SEED} FAULT_KILLS=${KILLS}\n`)
  const random = randomFrom(SEED)
  const sides = [
    { folder: testFolder(), databaseKey: 'none', allowHosts: 'localhost' },
    { folder: testFolder(), databaseKey: 'none' },
  ] as const
  const [vault, gateway] = sides
  const ports = [await freePort(), await freePort()] as const
  const keys = [prepare(vault), prepare(gateway)] as const
  const apis = [await startApi(vault, ports[0]), await startApi(gateway, ports[1])]
  const simulator = { name: 'cards', adapter: 'simulator', requireSignature: true }
  const behind = await ask<Connector>(ports[1], 'POST', '/connectors', keys[1], simulator)
  const connector = await ask<Connector>(ports[0], 'POST', '/connectors', keys[0], { name: 'out', adapter: 'ixopay' })
  const { apiKey, username, password, sharedSecret } = behind
  const account = { baseUrl: `http://localhost:${ports[1]}`, apiKey, username, password, sharedSecret }
  await ask(ports[0], 'PUT', `/connectors/${connector.id}/gateway`, keys[0], account)

  const payers = Array.from({ length: PAYERS }, (_, number) => startPayer(number, ports[0], connector))
  for (let kill = 0; kill < KILLS; kill++) {
    await wait(SOONEST_MS + random() * (LATEST_MS - SOONEST_MS))
    // Every fifth one hits the gateway, which is then spared until our own process ends.
    const side = kill % 5 === 4 ? 1 : 0
    const api = apis[side]
    api?.signal('SIGKILL')
    await api?.exited
    apis[side] = await startApi(sides[side], ports[side])
  }
  await Promise.all(payers.map((payer) => payer.stop()))
  for (const api of apis) await stop(api)
  const open = ledger(vault).filter(({ state }) => state === 'pending').length
  settleAll(gateway)
  const back = await startApi(gateway, ports[1])
  settleAll(vault)
  await stop(back)

  const answered = payers.flatMap((payer) => payer.answered)
  const [ours, theirs] = [ledger(vault), ledger(gateway)]
  const paid = ours.filter(({ state }) => state === 'success').length
  process.stdout.write(`payment test: ${ours.length} payments, ${paid} successful, ${open} were open at the end\n`)
  expect(paid).toBeGreaterThan(KILLS)
  expect(open).toBeGreaterThan(0)
  expect(contradictions(ours, theirs, answered)).toEqual([])
})
