// The clients of the crash test: each creates customers and changes its own, one request at a time, and repeats what was
// not answered with the same Idempotency-Key as soon as the server is back.
import { setTimeout as wait } from 'node:timers/promises'
import { randomFrom } from '../../bench/customers.ts'
import type { Change, Fields, Journal, Known } from './journal.ts'

export type Writers = {
  journal: Journal
  /** Answers that no documented behaviour explains. */
  problems: string[]
  /** Answers to a repeated request that had been carried out before the kill. */
  replayed: () => number
  /** Ends the writers, each after the answer it waits for. */
  finish: () => Promise<void>
}

/** Every fourth unanswered request is given up, so that half-done work without a second try is judged as well. */
const ABANDONED = 0.25
const CREATED = 0.4
const GIVE_UP_MS = 20_000

const SCRIPTS = ['Zoë', '東京', 'Ωmega', 'naïve', 'שלום', 'plain'] as const

type Situation = { url: () => string; apiKey: string; random: () => number; isOver: () => boolean }
type Answer = { id: number; version: number } & Fields
type Outcome = { answer: Answer; replayed: boolean }

/** Sends once. Undefined when the server was killed before it answered, or asked to be called again. */
async function attempt(on: Situation, customer: Known, change: Change): Promise<Outcome | undefined> {
  const creates = change === customer.changes[0]
  const res = await fetch(`${on.url()}/api/customers${creates ? '' : `/${customer.id}`}`, {
    method: creates ? 'POST' : 'PATCH',
    headers: { 'x-api-key': on.apiKey, 'content-type': 'application/json', 'idempotency-key': change.key },
    body: JSON.stringify(creates ? { ...change.fields, memberId: customer.memberId } : change.fields),
    signal: AbortSignal.timeout(GIVE_UP_MS),
  }).catch(() => undefined)
  const text = await res?.text().catch(() => undefined)
  if (!res || text === undefined) return undefined
  const isBusy = res.status === 503 || (res.status === 409 && text.includes('IDEMPOTENCY_KEY_IN_USE'))
  if (isBusy && res.headers.has('retry-after')) return undefined
  if (res.status !== 200) throw new Error(`${res.status} to ${change.key}: ${text.slice(0, 300)}`)
  return { answer: JSON.parse(text) as Answer, replayed: res.headers.get('idempotent-replayed') === 'true' }
}

function compare(customer: Known, change: Change, answer: Answer): void {
  const wrong = Object.entries(change.fields).filter(([field, value]) => answer[field as keyof Fields] !== value)
  if (wrong.length > 0)
    throw new Error(`${change.key} was answered without ${wrong.map(([field]) => field).join(', ')}`)
  if (answer.version !== customer.changes.length) {
    throw new Error(`${change.key} was answered with version ${answer.version} instead of ${customer.changes.length}`)
  }
}

function nextChange(on: Situation, own: Known[], writer: number): { customer: Known; change: Change } {
  const usable = own.filter(({ changes }) => changes.every(({ state }) => state === 'acknowledged'))
  const kept = on.random() < CREATED ? undefined : usable[Math.floor(on.random() * usable.length)]
  const customer: Known = kept ?? { memberId: `W${writer}-${own.length}`, id: undefined, changes: [] }
  const token = `${customer.memberId} ${customer.changes.length}`
  const script = SCRIPTS[Math.floor(on.random() * SCRIPTS.length)]
  const all: Required<Fields> = {
    name: `${script} ${token}`,
    email: `${token.replace(' ', '.').toLowerCase()}@example.com`,
    description: `${script}\nline two of ${token}`,
    reference: `ref ${token}`,
  }
  const some = Object.entries(all).filter(() => on.random() < 0.5)
  // An update always changes something: otherwise it would rightly leave no version behind.
  const fields: Fields = kept ? { reference: all.reference, ...Object.fromEntries(some) } : all
  const change: Change = { key: `key ${token}`.replaceAll(' ', '-'), fields, state: 'open' }
  customer.changes.push(change)
  if (!kept) own.push(customer)
  return { customer, change }
}

async function write(on: Situation, own: Known[], writer: number, replays: { count: number }): Promise<void> {
  const { customer, change } = nextChange(on, own, writer)
  for (let tries = 0; ; tries++) {
    const outcome = await attempt(on, customer, change)
    if (outcome) {
      compare(customer, change, outcome.answer)
      customer.id = outcome.answer.id
      change.state = 'acknowledged'
      if (outcome.replayed) replays.count++
      return
    }
    if (tries === 0 && on.random() < ABANDONED) {
      change.state = 'abandoned'
      return
    }
    await wait(20)
  }
}

/** Starts `count` writers; `url` is asked for anew before each request. */
export function startWriters(count: number, seed: number, apiKey: string, url: () => string): Writers {
  const owned: Known[][] = Array.from({ length: count }, () => [])
  const problems: string[] = []
  const replays = { count: 0 }
  let over = false
  const running = owned.map(async (own, writer) => {
    const on: Situation = { url, apiKey, random: randomFrom(seed + writer), isOver: () => over }
    while (!on.isOver() && problems.length < 10) {
      await write(on, own, writer, replays).catch((err: Error) => problems.push(err.message))
    }
  })
  return {
    get journal() {
      return owned.flat()
    },
    problems,
    replayed: () => replays.count,
    finish: async () => {
      over = true
      await Promise.all(running)
    },
  }
}
