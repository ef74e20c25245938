// The one way out to addresses that merchants name: only to hosts of the open internet, over a connection that is pinned
// to the address that was checked, without redirects, and with an answer that is cut where it gets long.
import { lookup, Resolver } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP } from 'node:net'
import { env } from '../env.ts'

type Address = { address: string; family: number }
export type Resolve = (host: string) => Promise<Address[]>
/** Why a call came to nothing: a word for the log and the delivery, safe to show. */
export type OutboundFault = 'address_not_public' | 'unresolved' | 'timeout' | 'unreachable' | 'stopped'

export class OutboundError extends Error {
  readonly fault: OutboundFault
  /** False when it is certain that the receiver got nothing: there never was a connection (over TLS, a trusted one). */
  readonly connected: boolean
  constructor(fault: OutboundFault, connected = false) {
    super(fault)
    this.fault = fault
    this.connected = connected
  }
}

const refused = new BlockList()
for (const network of [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24',
  '192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24',
  // The last one is public by its number, but on Azure it is the platform's own service to the machine.
  '224.0.0.0/4 240.0.0.0/4 168.63.129.16/32',
].flatMap((line) => line.split(' '))) {
  const [address = '', bits] = network.split('/')
  refused.addSubnet(address, Number(bits), 'ipv4')
}
// Inside the global unicast space: protocol assignments with Teredo, documentation, 6to4.
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) {
  const [address = '', bits] = network.split('/')
  refused.addSubnet(address, Number(bits), 'ipv6')
}
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')

/** True for an address of the open internet: no private, local, shared, documentation, multicast or translated one. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !refused.check(address, 'ipv4')
  return family === 6 && globalUnicast.check(address, 'ipv6') && !refused.check(address, 'ipv6')
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '')

/** True for a host that the operator lists, as `host` for any port or as `host:port`. */
function allowed(url: URL): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const names = [url.hostname, bare(url.hostname), `${url.hostname}:${port}`]
  return env.WEBHOOK_ALLOW_HOSTS.split(',').some((entry) => names.includes(entry.trim().toLowerCase()))
}

/** Ports that are called by scheme; `http` only where a contract documents it, `listed` only to hosts of the list. */
type Rules = { http: boolean | 'listed' }

/**
 * The parsed address of an outbound call; undefined for one that may not be called by its form: another scheme, user
 * info, a port that is not the scheme's own, a number that is not public. Hosts of WEBHOOK_ALLOW_HOSTS may be private
 * and have any port. A name is judged by what it resolves to, when it is called.
 */
export function outboundUrl(text: string, { http: plain }: Rules): URL | undefined {
  const url = URL.parse(text)
  if (!url || url.username || url.password || url.hostname === '') return undefined
  const mayBePlain = plain === 'listed' ? allowed(url) : plain
  if (url.protocol !== 'https:' && !(mayBePlain && url.protocol === 'http:')) return undefined
  if (allowed(url)) return url
  const host = bare(url.hostname)
  if (isIP(host) && !isPublicAddress(host)) return undefined
  return url.port === '' || (url.protocol === 'https:' && url.port === '8443' && plain !== true) ? url : undefined
}

/** Asks the name servers directly: the system's own look-up has two threads, which a slow name server would hold up. */
const askServers: Resolve = async (host) => {
  const resolver = new Resolver({ timeout: 2000, tries: 2 })
  const none = (): string[] => []
  const [four, six] = await Promise.all([resolver.resolve4(host).catch(none), resolver.resolve6(host).catch(none)])
  return [...four.map((address) => ({ address, family: 4 })), ...six.map((address) => ({ address, family: 6 }))]
}

/** A listed host may be known to this machine alone, by its hosts file or its container network. */
const askSystem: Resolve = (host) => lookup(host, { all: true })

/** What to connect to. All that a name resolves to must be public: one private record would do for an attack. */
async function checkedAddresses(url: URL, given?: Resolve): Promise<[Address, ...Address[]]> {
  const host = bare(url.hostname)
  const listed = allowed(url)
  const resolve = given ?? (listed ? askSystem : askServers)
  const literal = isIP(host) ? [{ address: host, family: isIP(host) }] : undefined
  const [first, ...others] = literal ?? (await resolve(host).catch(() => []))
  if (!first) throw new OutboundError('unresolved')
  const found: [Address, ...Address[]] = [first, ...others]
  if (!listed && !found.every(({ address }) => isPublicAddress(address))) throw new OutboundError('address_not_public')
  return found
}

export type Posted = { status: number; text: string }
export type Post = {
  url: URL
  /** Without one it is a POST; a GET has no body. */
  method?: 'GET' | 'POST'
  headers: Record<string, string>
  body: string
  /** For everything together, the look-up of the name included. */
  timeoutMs: number
  maxBytes?: number
  /** Ends the call when the program stops. */
  stopping?: AbortSignal
  resolve?: Resolve
}

const CONNECT_MS = 5000

/** How far a call has come, for whoever ends it from outside. */
type Progress = { connected: boolean }
type Exchange = { post: Post; found: [Address, ...Address[]]; over: AbortSignal; progress: Progress }

function exchange({ post, found, over, progress }: Exchange): Promise<Posted> {
  const { url, method = 'POST', headers, body, maxBytes = 65_536 } = post
  const isTls = url.protocol === 'https:'
  const { request } = isTls ? https : http
  return new Promise((settle, reject) => {
    const sent = request(url, {
      method,
      headers: { ...headers, ...(method === 'POST' && { 'Content-Length': Buffer.byteLength(body) }) },
      agent: false,
      lookup: (_host, { all }, done) => (all ? done(null, found) : done(null, found[0].address, found[0].family)),
      signal: over,
    })
    // A promise that is settled stays so: whatever ends without an answer, in whichever order, comes to this.
    const lost = () => reject(new OutboundError('unreachable', progress.connected))
    const connecting = setTimeout(() => sent.destroy(new OutboundError('unreachable')), CONNECT_MS)
    let answered = false
    sent.on('socket', (socket) => {
      socket.once('connect', () => clearTimeout(connecting))
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        progress.connected = true
      })
    })
    sent.on('error', lost)
    sent.on('close', () => {
      clearTimeout(connecting)
      if (!answered) lost()
    })
    sent.on('response', (answer) => {
      answered = true
      const parts: Buffer[] = []
      let room = maxBytes
      const finish = () => settle({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') })
      answer.on('data', (part: Buffer) => {
        parts.push(part.subarray(0, room))
        room -= part.length
        if (room > 0) return
        finish()
        sent.destroy()
      })
      answer.on('end', finish)
      answer.on('error', lost)
      answer.on('close', lost)
    })
    sent.end(method === 'POST' ? body : undefined)
  })
}

/**
 * Sends one request and reads at most `maxBytes` (64 KiB) of the answer as text, whatever its status; redirects are not
 * followed. Throws OutboundError when the address may not be called, is not reached within five seconds, does not answer
 * in time, or the program stops. It always ends in time, whatever the other side does.
 */
export async function postOutbound(post: Post): Promise<Posted> {
  const { url, timeoutMs, stopping, resolve } = post
  const over = new AbortController()
  const cut = Promise.withResolvers<never>()
  const progress: Progress = { connected: false }
  const end = (fault: OutboundFault) => cut.reject(new OutboundError(fault, progress.connected))
  const late = setTimeout(() => end('timeout'), timeoutMs)
  const stop = () => end('stopped')
  stopping?.addEventListener('abort', stop)
  if (stopping?.aborted) stop()
  const call = async () =>
    exchange({
      post,
      found: await Promise.race([checkedAddresses(url, resolve), cut.promise]),
      over: over.signal,
      progress,
    })
  try {
    return await Promise.race([cut.promise, call()])
  } finally {
    clearTimeout(late)
    stopping?.removeEventListener('abort', stop)
    over.abort()
  }
}
