// The one way out to addresses that merchants name: only to hosts of the open internet, over a connection that is pinned
// to the address that was checked, without redirects, and with an answer that is cut where it gets long.
import { lookup as systemLookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP } from 'node:net'
import { env } from '../env.ts'

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>
/** Why an address is not called: a word for the log and the delivery, safe to show. */
export type OutboundFault = 'address_invalid' | 'address_not_public' | 'unresolved' | 'timeout' | 'unreachable'

export class OutboundError extends Error {
  readonly fault: OutboundFault
  constructor(fault: OutboundFault) {
    super(fault)
    this.fault = fault
  }
}

const refused = new BlockList()
for (const network of [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24',
  '192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24',
  '224.0.0.0/4 240.0.0.0/4',
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

const allowed = (url: URL): boolean =>
  env.WEBHOOK_ALLOW_HOSTS.split(',').some((entry) => {
    const wanted = entry.trim().toLowerCase()
    return wanted !== '' && (wanted === url.hostname || wanted === url.host)
  })

/** Ports that are called by scheme; `http` only where a contract documents it. */
type Rules = { http: boolean }

/**
 * The parsed address of an outbound call; undefined for one that may not be called by its form: another scheme, user
 * info, a port that is not the scheme's own. Hosts of WEBHOOK_ALLOW_HOSTS may have any port. The host itself is judged
 * by what it resolves to, when it is called.
 */
export function outboundUrl(text: string, { http: plain }: Rules): URL | undefined {
  const url = URL.parse(text)
  if (!url || url.username || url.password || url.hostname === '') return undefined
  if (url.protocol !== 'https:' && !(plain && url.protocol === 'http:')) return undefined
  return url.port === '' || (url.protocol === 'https:' && url.port === '8443' && !plain) || allowed(url)
    ? url
    : undefined
}

const system: Resolve = (host) => systemLookup(host, { all: true, verbatim: true })

/** The address to connect to. All that a name resolves to must be public: one private record would do for an attack. */
async function checkedAddress(url: URL, resolve: Resolve): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const found = await resolve(host).catch(() => [])
  const [first] = found
  if (!first) throw new OutboundError('unresolved')
  if (!allowed(url) && !found.every(({ address }) => isPublicAddress(address))) {
    throw new OutboundError('address_not_public')
  }
  return first
}

export type Posted = { status: number; text: string }
export type Post = {
  url: URL
  headers: Record<string, string>
  body: string
  timeoutMs: number
  maxBytes?: number
  resolve?: Resolve
}

const CONNECT_MS = 5000

/**
 * Sends one POST and reads at most `maxBytes` (64 KiB) of the answer as text, whatever its status. Throws OutboundError
 * when the address may not be called, is not reached within five seconds, or does not answer in time.
 */
export async function postOutbound(post: Post): Promise<Posted> {
  const { url, headers, body, timeoutMs, maxBytes = 65_536, resolve = system } = post
  const { address, family } = await checkedAddress(url, resolve)
  const { request } = url.protocol === 'https:' ? https : http
  return new Promise<Posted>((settle, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      agent: false,
      lookup: (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const connecting = setTimeout(() => sent.destroy(new OutboundError('unreachable')), CONNECT_MS)
    sent.on('socket', (socket) => socket.once('connect', () => clearTimeout(connecting)))
    sent.on('error', (err) => {
      clearTimeout(connecting)
      const fault = err instanceof OutboundError ? err.fault : err.name === 'AbortError' ? 'timeout' : 'unreachable'
      reject(new OutboundError(fault))
    })
    sent.on('response', (answer) => {
      let text = ''
      const finish = () => settle({ status: answer.statusCode ?? 0, text })
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
        if (text.length < maxBytes) return
        text = text.slice(0, maxBytes)
        finish()
        sent.destroy()
      })
      answer.on('end', finish)
    })
    sent.end(body)
  })
}
