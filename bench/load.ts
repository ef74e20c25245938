// A bounded HTTP load over raw keep-alive sockets: one request at a time on each connection, for a fixed time, against
// loopback only. A general HTTP client costs more than the servers measured here.
import { readFileSync } from 'node:fs'
import net from 'node:net'

export type Request = { method: 'GET' | 'POST'; path: string; body?: unknown }
export type Load = {
  port: number
  headers: Record<string, string>
  /** The next request; called once for each one sent. */
  next: () => Request
  /** Looks at the first answer's body and throws when it is not what was asked for. */
  check: (body: string) => void
  connections: number
  warmSeconds: number
  seconds: number
  /** The server's process, to see how much of a core it got. */
  pid: number
}
/** `loaderCpu` and `serverCpu` are shares of one core; the latter is undefined where the system does not tell. */
export type Measure = { perSecond: number; latenciesMs: number[]; loaderCpu: number; serverCpu: number | undefined }

const HEAD_END = '\r\n\r\n'
const LAST_CHUNK = Buffer.from(`0${HEAD_END}`)
/** How long answers may still come in after the end, so that no work runs into the next measure. */
const DRAIN_MS = 10_000

type Answer = { status: number; body: () => string; closes: boolean }

function joinChunks(bytes: Buffer): string {
  const parts: Buffer[] = []
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    if (!size) return Buffer.concat(parts).toString('utf8')
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = lineEnd + 4 + size
  }
}

/** The answer in the bytes received so far, undefined while some are missing. */
function answerIn(bytes: Buffer): Answer | undefined {
  const headEnd = bytes.indexOf(HEAD_END)
  if (headEnd < 0) return undefined
  const head = bytes.toString('latin1', 0, headEnd + 2).toLowerCase()
  const from = headEnd + HEAD_END.length
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1]
  const chunked = length === undefined && head.includes('\r\ntransfer-encoding: chunked')
  if (length !== undefined && bytes.length < from + Number(length)) return undefined
  if (chunked && !bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)) return undefined
  return {
    status: Number(head.slice(9, 12)),
    closes: head.includes('\r\nconnection: close'),
    body: () => (chunked ? joinChunks(bytes.subarray(from)) : bytes.toString('utf8', from)),
  }
}

type Connection = { end: () => void }

/** One connection that sends the next request as soon as an answer is there; `take` gives none when it is over. */
function connect(
  port: number,
  take: () => string | undefined,
  done: (ms: number, answer?: Answer) => void,
): Connection {
  let socket: net.Socket
  let received: Buffer | undefined
  let sentAt = 0
  let over = false
  const send = () => {
    const text = take()
    if (text === undefined) return
    sentAt = performance.now()
    socket.write(text)
  }
  const open = () => {
    received = undefined
    socket = net.connect(port, '127.0.0.1', send).setNoDelay(true)
    // The `close` that follows an error does the rest.
    socket.on('error', () => undefined)
    socket.on('close', lost)
    socket.on('data', (data) => {
      received = received ? Buffer.concat([received, data]) : data
      const answer = answerIn(received)
      if (!answer) return
      const ms = performance.now() - sentAt
      sentAt = 0
      received = undefined
      done(ms, answer)
      if (answer.closes) socket.destroy()
      else send()
    })
  }
  const lost = () => {
    if (sentAt > 0) done(performance.now() - sentAt)
    sentAt = 0
    // A moment's pause keeps a dead server from being flooded with connections.
    if (!over) setTimeout(() => !over && open(), 5)
  }
  open()
  return {
    end: () => {
      over = true
      socket.destroy()
    },
  }
}

/** Seconds of processor time that a process has used, from /proc; the kernel counts in hundredths. */
function cpuSecondsOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
    return (Number(user) + Number(system)) / 100
  } catch {
    return undefined
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function rawRequests({ port, headers, next }: Load): () => string {
  const fixed = Object.entries({ host: `127.0.0.1:${port}`, accept: 'application/json', ...headers })
  const head = fixed.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return () => {
    const { method, path, body } = next()
    if (body === undefined) return `${method} ${path} HTTP/1.1\r\n${head}\r\n`
    const text = JSON.stringify(body)
    const own = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`
    return `${method} ${path} HTTP/1.1\r\n${head}${own}\r\n${text}`
  }
}

/**
 * Loads a server for `warmSeconds` unmeasured and `seconds` measured. Throws when the first answer is wrong, when any
 * status is outside 2xx, when a connection is lost, and when answers stay out: such figures would mean nothing.
 */
export async function load(what: Load): Promise<Measure> {
  const make = rawRequests(what)
  const state = { measuring: false, over: false, inFlight: 0, answers: 0, latenciesMs: [] as number[] }
  let wrong: unknown
  const take = () => {
    if (state.over) return undefined
    state.inFlight++
    return make()
  }
  const done = (ms: number, answer?: Answer) => {
    state.inFlight--
    const good = answer !== undefined && answer.status >= 200 && answer.status < 300
    if (state.answers++ === 0 || !good) wrong ??= problemOf(what, answer)
    if (state.measuring) state.latenciesMs.push(ms)
  }
  const connections = Array.from({ length: what.connections }, () => connect(what.port, take, done))
  try {
    await wait(what.warmSeconds * 1000)
    const cpu = process.cpuUsage()
    const serverBefore = cpuSecondsOf(what.pid)
    const startedAt = performance.now()
    state.measuring = true
    await wait(what.seconds * 1000)
    state.measuring = false
    state.over = true
    const seconds = (performance.now() - startedAt) / 1000
    const used = process.cpuUsage(cpu)
    const serverAfter = cpuSecondsOf(what.pid)
    const deadline = performance.now() + DRAIN_MS
    while (state.inFlight > 0 && performance.now() < deadline) await wait(5)
    if (wrong) throw wrong
    if (state.inFlight > 0) throw new Error(`${state.inFlight} requests were not answered within ${DRAIN_MS} ms`)
    const { latenciesMs } = state
    return {
      perSecond: latenciesMs.length / seconds,
      latenciesMs,
      loaderCpu: (used.user + used.system) / 1e6 / seconds,
      serverCpu:
        serverBefore === undefined || serverAfter === undefined ? undefined : (serverAfter - serverBefore) / seconds,
    }
  } finally {
    for (const connection of connections) connection.end()
  }
}

/** Why the answer is not the one that was asked for, undefined when it is. */
function problemOf(what: Load, answer: Answer | undefined): Error | undefined {
  if (!answer) return new Error('a connection was lost')
  const body = answer.body()
  if (answer.status < 200 || answer.status > 299) return new Error(`status ${answer.status}: ${body.slice(0, 300)}`)
  try {
    what.check(body)
    return undefined
  } catch (err) {
    return new Error(`unexpected answer: ${body.slice(0, 300)}`, { cause: err })
  }
}
