// A client of the API app for tests: whole requests and answers. Without a socket, or with API_TRANSPORT=http through the
// production server on a port of its own, so that the same sentences are proven on the bytes that a client gets.
import type { AddressInfo } from 'node:net'
import { api } from './app.ts'
import { createServer } from './server.ts'

export type TestAnswer = {
  status: number
  headers: Headers
  text: string
  /** The parsed body; members are looked at by path, so its type is open. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asks for members of an answer whose shape it is about to check.
  body: any
}
type Options = { body?: unknown; raw?: BodyInit; type?: string; headers?: Record<string, string> }

let base: Promise<string> | undefined

/** The address of this file's own server; it does not keep the process alive. */
function served(): Promise<string> {
  base ??= new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
    server.unref()
  })
  return base
}

const transport = async (path: string, init: RequestInit): Promise<Response> =>
  process.env.API_TRANSPORT === 'http' ? fetch((await served()) + path, init) : api.request(path, init)

export async function call(
  method: string,
  path: string,
  { body, raw, type, headers }: Options = {},
): Promise<TestAnswer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const contentType = type ?? (body === undefined ? undefined : 'application/json')
  const answer = await transport(path, {
    method,
    ...(payload !== undefined && { body: payload }),
    headers: { ...(contentType && { 'Content-Type': contentType }), ...headers },
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json') && text !== ''
  return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : undefined }
}

/** A caller with a key in X-API-Key, or with any headers. Paths are below `/api` unless they begin with it. */
export function client(credential: string | Record<string, string>) {
  const own = typeof credential === 'string' ? { 'X-API-Key': credential } : credential
  const full = (path: string) => (path.startsWith('/api/') ? path : `/api${path}`)
  const send =
    (method: string) =>
    (path: string, body?: unknown, options: Options = {}) =>
      call(method, full(path), { ...options, body, headers: { ...own, ...options.headers } })
  return {
    get: (path: string, headers: Record<string, string> = {}) =>
      call('GET', full(path), { headers: { ...own, ...headers } }),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
    delete: send('DELETE'),
    send: (method: string, path: string, options: Options = {}) =>
      call(method, full(path), { ...options, headers: { ...own, ...options.headers } }),
  }
}
export type Client = ReturnType<typeof client>

/** The code of an error answer. */
export const codeOf = (answer: TestAnswer): string | undefined => answer.body?.error?.code
