// What every journey stands on: the demo's people and keys, one kept session per person, and a watch over each browser
// that fails the test on a console error, a CSP report or a request to anybody else.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
  request,
} from '@playwright/test'
import type { Role } from '#lib/core/permissions'
import type { Demo } from '../db/demo/access.ts'

export const BASE = `http://127.0.0.1:${process.env.E2E_PORT}`
const DATA_DIR = process.env.E2E_DATA_DIR ?? ''

export const HARBOR = 'Harbor Books'
export const ATLAS = 'Atlas Travel'
export const GROUP = 'Northwind Group'

export type Person = { role: Role; merchant: string }
/** A person of the demo by role and merchant, or nobody. */
export type Who = Person | 'nobody'
export const OWNER = { role: 'owner', merchant: HARBOR } as const

let read: Demo | undefined
/** What demo.json says; the server has written it before the first test starts. */
export const demo = (): Demo => (read ??= JSON.parse(readFileSync(path.join(DATA_DIR, 'demo.json'), 'utf8')) as Demo)

const found = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`The demo has no ${what}`)
  return value
}
export const personOf = ({ role, merchant }: Person) =>
  found(
    demo().staff.find((each) => each.role === role && each.merchant === merchant),
    `${role} of ${merchant}`,
  )
export const merchantId = (name: string): number =>
  found(
    demo().merchants.find((each) => each.name === name),
    name,
  ).id
export const keyOf = (merchant: string, name = 'full'): string =>
  found(
    demo().apiKeys.find((each) => each.merchant === merchant && each.name === name),
    `key ${name}`,
  ).key

type Account = { email: string; password: string }
type Kept = Awaited<ReturnType<APIRequestContext['storageState']>>

/** Signs in as a browser would, without one. */
export async function signIn({ email, password }: Account, baseURL = BASE): Promise<Kept> {
  const visitor = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } })
  const { csrfToken } = (await (await visitor.get('/api/auth/csrf')).json()) as { csrfToken: string }
  const form = { email, password, csrfToken, json: 'true' }
  const answer = await visitor.post('/api/auth/callback/credentials', { form })
  expect(answer.status(), `sign-in of ${email}`).toBe(200)
  const state = await visitor.storageState()
  await visitor.dispose()
  return state
}

/** The kept session of a person: made once per run, since each sign-in costs a password hash. */
export async function sessionOf(who: Person): Promise<Kept> {
  const { email, password } = personOf(who)
  const folder = path.join(DATA_DIR, 'e2e-sessions')
  const file = path.join(folder, `${email}.json`)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Kept
  const state = await signIn({ email, password })
  mkdirSync(folder, { recursive: true })
  // Renamed into place: the other worker never reads half a file.
  writeFileSync(`${file}.${process.pid}`, JSON.stringify(state))
  renameSync(`${file}.${process.pid}`, file)
  return state
}

/** Requests with a person's cookie (or none) from our own pages: what a browser sends without a browser. */
export async function requestsAs(who: Who, headers: Record<string, string> = {}): Promise<APIRequestContext> {
  const storageState = who === 'nobody' ? undefined : await sessionOf(who)
  return request.newContext({ baseURL: BASE, storageState, maxRedirects: 0, extraHTTPHeaders: headers })
}

/** Requests to the API with a key. */
export const requestsWith = (key: string, baseURL = BASE): Promise<APIRequestContext> =>
  request.newContext({ baseURL, extraHTTPHeaders: { 'x-api-key': key } })

/** Collects console errors, uncaught errors, CSP reports and requests to other origins of every page of a context. */
export async function watch(context: BrowserContext, { found, allowed }: { found: string[]; allowed: RegExp[] }) {
  const note = (text: string) => {
    if (!allowed.some((pattern) => pattern.test(text))) found.push(text)
  }
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      // biome-ignore lint/suspicious/noConsole: it runs in the page, whose console errors fail the test.
      console.error(`CSP report: ${violatedDirective} ${blockedURI}`)
    })
  })
  context.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => note(`uncaught: ${error.error().message}`))
  context.on('request', (req) => {
    const { protocol, hostname } = new URL(req.url())
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') note(`third party: ${req.url()}`)
  })
}

type Fixtures = {
  who: Who
  /** A session of its own, just proven, for tests that end it or do what asks for the password. */
  fresh: boolean
  /** Takes back, for one test, an error that the test causes on purpose. */
  allow: (pattern: RegExp) => void
  watched: { found: string[]; allowed: RegExp[] }
  /** A second browser, signed in as somebody. */
  browserAs: (who: Who, options?: BrowserContextOptions) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  who: [OWNER, { option: true }],
  fresh: [false, { option: true }],
  storageState: async ({ who, fresh }, use) => {
    if (who === 'nobody') return use(undefined)
    return use(fresh ? await signIn(personOf(who)) : await sessionOf(who))
  },
  watched: [
    async ({ context }, use) => {
      const watched = { found: [] as string[], allowed: [] as RegExp[] }
      await watch(context, watched)
      await use(watched)
      expect(watched.found, 'console errors, CSP reports and third-party requests').toEqual([])
    },
    { auto: true },
  ],
  allow: async ({ watched }, use) => use((pattern) => void watched.allowed.push(pattern)),
  browserAs: async ({ browser, watched }, use) => {
    const opened: BrowserContext[] = []
    await use(async (who, options) => {
      const context = await newBrowser(browser, who, options)
      opened.push(context)
      await watch(context, watched)
      return context.newPage()
    })
    for (const context of opened) await context.close()
  },
})

async function newBrowser(browser: Browser, who: Who, options: BrowserContextOptions = {}) {
  const storageState = who === 'nobody' ? undefined : await sessionOf(who)
  return browser.newContext({ baseURL: BASE, locale: 'en-GB', timezoneId: 'UTC', ...options, storageState })
}

export { expect }

/** The address of a screen at a merchant. */
export const at = (screen: string, merchant = HARBOR): string =>
  `${screen}${screen.includes('?') ? '&' : '?'}m=${merchantId(merchant)}`

/** Fails on any finding of axe, and names the rule and the elements. */
export async function expectNoAxe(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`)
  expect(said, `axe on ${where}`).toEqual([])
}

export type Made = { id: number; customerId: string; name: string; version: number; email: string }
let made = 0

/** A word that nobody else in the run has: what a test makes, it finds again by this. */
export const unique = (word: string): string => `${word}${process.pid.toString(36)}x${(made += 1)}`

/** Creates a customer by the API; what is not given has a name and an e-mail of its own. */
export async function makeCustomer(given: Record<string, unknown> = {}, merchant = HARBOR): Promise<Made> {
  const api = await requestsWith(keyOf(merchant))
  const word = unique('Quill')
  const data = { name: `${word} Ashdown`, email: `${word.toLowerCase()}@example.org`, ...given }
  const answer = await api.post('/api/customers', { data })
  expect(answer.ok(), await answer.text()).toBe(true)
  const customer = (await answer.json()) as Made
  await api.dispose()
  return customer
}
