// Promise D2: killing every process under write load loses no acknowledged write, tears none and doubles none.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { randomFrom } from '../../bench/customers.ts'
import { freePort } from '../../db/testing/cluster.ts'
import { type Api, prepare, startApi, testFolder } from './api-process.ts'
import { contradictions } from './checker.ts'
import { acknowledged } from './journal.ts'
import { startWriters } from './writers.ts'

const KILLS = Number(process.env.FAULT_KILLS || 20)
const SEED = Number(process.env.FAULT_SEED || Date.now() % 1_000_000)
const WRITERS = 16
/** The moments of a kill after the server is ready. */
const [SOONEST_MS, LATEST_MS] = [50, 1500]

test(`${KILLS} kills under load lose, tear and double no acknowledged write`, { timeout: KILLS * 8000 }, async () => {
  process.stdout.write(`crash test: FAULT_SEED=${SEED} FAULT_KILLS=${KILLS}\n`)
  const random = randomFrom(SEED)
  const settings = { folder: testFolder(), databaseKey: 'none' }
  const apiKey = prepare(settings)
  const readyMs: number[] = []
  const port = await freePort()
  const start = async (): Promise<Api> => {
    const startedAt = performance.now()
    const started = await startApi(settings, port)
    readyMs.push(performance.now() - startedAt)
    return started
  }
  let api = await start()
  const writers = startWriters(WRITERS, SEED, apiKey, () => `http://127.0.0.1:${port}`)
  for (let kill = 0; kill < KILLS; kill++) {
    await wait(SOONEST_MS + random() * (LATEST_MS - SOONEST_MS))
    expect((await Promise.race([api.exited, undefined])) ?? 'running').toBe('running')
    api.signal('SIGKILL')
    await api.exited
    api = await start()
  }
  await writers.finish()
  api.signal('SIGTERM')
  expect(await api.exited).toEqual({ code: 0, signal: null })

  const { journal } = writers
  const lost = journal.flatMap(({ changes }) => changes).filter(({ state }) => state === 'abandoned').length
  const times = readyMs.toSorted((a, b) => a - b)
  const usual = times[Math.floor(times.length / 2)] ?? 0
  process.stdout.write(
    `crash test: ${acknowledged(journal)} writes acknowledged, ${writers.replayed()} of them by replay, ${lost} given up; ` +
      `ready after ${Math.round(usual)} ms, at most ${Math.round(times.at(-1) ?? 0)} ms\n`,
  )
  expect(writers.problems).toEqual([])
  expect(acknowledged(journal)).toBeGreaterThan(KILLS * WRITERS)
  expect(contradictions(settings.folder, journal)).toEqual([])
})
