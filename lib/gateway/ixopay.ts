// A gateway that speaks the IXOPAY v3 API, over the guarded way out. An order is sent once: again only when there never was
// a connection. Whatever leaves it open whether the gateway took it is thrown, and the worker asks by our uuid.
import { OutboundError, outboundUrl, type Posted, postOutbound } from '../core/outbound.ts'
import { env } from '../env.ts'
import { called, mayCall } from './breaker.ts'
import type { Gateway, GatewayAccount, Order, Outcome } from './gateway.ts'
import { bodyOf, CALLS, declineOf, isAbout, nextAsk, outcomeOf, type Told, toldIn } from './ixopay-wire.ts'
import { signatureOf } from './signature.ts'

/** For the whole exchange; the connection has five seconds of it. Two tries stay below the worker's first question. */
const TOTAL_MS = 15_000
/** An order that the gateway does not know after this long never arrived. */
const ARRIVES_MS = 5 * 60_000
const CONTENT_TYPE = 'application/json; charset=utf-8'

const WORDS: Readonly<Record<number, string>> = {
  1007: 'The gateway refuses the credentials of this connector, or it has none',
  1009: 'The gateway is sent too many transactions',
  3002: 'The instrument is not stored at this gateway',
  3003: 'The gateway does not answer at present',
  3005: 'The gateway could not be reached',
}

/** An end that we know of without the gateway: it never took the order. */
const refused = (errorCode: number, adapterCode: string): Outcome => {
  const errorMessage = WORDS[errorCode] ?? 'The transaction failed'
  return { state: 'error', gatewayReference: null, errorCode, errorMessage, adapterCode, adapterMessage: '' }
}

/** Where the gateway tells us of results; undefined while our own address is none that it could call. */
const callbackUrlOf = ({ connectorId }: GatewayAccount): string | undefined =>
  outboundUrl(`${env.publicUrl}/api/gateway/ixopay/${connectorId}`, { http: true })?.href

type Request = { account: GatewayAccount; path: string; body: string | null; now: Date; stopping?: AbortSignal }

function exchange({ account, path, body, now, stopping }: Request): Promise<Posted> {
  const base = outboundUrl(account.baseUrl, { http: 'listed' })
  if (!base) throw new OutboundError('address_not_public')
  const url = new URL(`${base.pathname.replace(/\/$/, '')}/api/v3/${path}`, base)
  const method = body === null ? 'GET' : 'POST'
  const date = now.toUTCString()
  const signed = { secret: account.sharedSecret, method, bodyHash: 'sha512' as const, body: body ?? '' }
  const requestUri = url.pathname + url.search
  const basic = Buffer.from(`${account.username}:${account.password}`).toString('base64')
  const headers = {
    Accept: 'application/json',
    Authorization: `Basic ${basic}`,
    'Content-Type': CONTENT_TYPE,
    Date: date,
    'X-Date': date,
    'X-Signature': signatureOf({ ...signed, contentType: CONTENT_TYPE, date, requestUri }),
  }
  return postOutbound({ url, method, headers, body: body ?? '', timeoutMs: TOTAL_MS, stopping })
}

const neverConnected = (err: unknown): err is OutboundError =>
  err instanceof OutboundError && !err.connected && err.fault !== 'stopped'

/** One exchange, and a second when the first found no connection. The breaker is told what came of it. */
async function tryTwice(request: Request): Promise<Posted> {
  const { connectorId } = request.account
  const once = () => Promise.resolve().then(() => exchange(request))
  try {
    const answer = await once().catch((err: unknown) => {
      if (neverConnected(err) && err.fault !== 'address_not_public') return once()
      throw err
    })
    called(connectorId, answer.status < 500, request.now)
    return answer
  } catch (err) {
    if (!(err instanceof OutboundError && err.fault === 'stopped')) called(connectorId, false, request.now)
    throw err
  }
}

/** What the answer says, of this order. Throws when that is not plain. */
function toldBy({ status, text }: Posted, order: Order): Told {
  if (status >= 500 || (status >= 300 && status < 400)) throw new Error(`The gateway answered ${status}`)
  const told = toldIn(JSON.parse(text))
  if (!told) throw new Error('The gateway answered what cannot be read')
  if (!isAbout(told, order)) throw new Error('The gateway answered about another transaction')
  return told
}

/** Codes that leave it open what the gateway has done with an order; a duplicate is one that it has. */
const OPEN_CODES = new Set([1001, 1003, 1008, 3004, 9999])

function answerOf(posted: Posted, order: Order, now: Date): Outcome {
  if (posted.status === 401 || posted.status === 403) return refused(1007, String(posted.status))
  if (posted.status === 429) return refused(1009, '429')
  const told = toldBy(posted, order)
  const decline = declineOf(told)
  const isOpen = told.success === false && told.uuid === undefined && OPEN_CODES.has(decline.errorCode)
  const outcome = isOpen ? undefined : outcomeOf(told, order, now)
  if (outcome) return outcome
  if (told.success !== false || isOpen) throw new Error('The gateway did not say how it went')
  return { state: 'error', gatewayReference: told.uuid ?? null, ...decline }
}

async function send(order: Order, now: Date): Promise<Outcome> {
  const { account, type, handed, continues } = order
  if (!account) return refused(1007, 'no_account')
  if (continues === null && !handed.token && !handed.paymentData) return refused(3002, 'no_reference')
  if (!mayCall(account.connectorId, now)) return refused(3003, 'breaker_open')
  const path = `transaction/${encodeURIComponent(account.apiKey)}/${CALLS[type]}`
  let posted: Posted
  try {
    posted = await tryTwice({ account, path, body: bodyOf(order, callbackUrlOf(account)), now })
  } catch (err) {
    if (neverConnected(err)) return refused(3005, err.fault)
    throw err
  }
  return answerOf(posted, order, now)
}

async function status(order: Order, now: Date, stopping?: AbortSignal): Promise<Outcome> {
  const { account, uuid } = order
  if (!account) throw new Error('The connector has no gateway account')
  if (!mayCall(account.connectorId, now)) throw new Error('The gateway is not asked at present')
  const path = `status/${encodeURIComponent(account.apiKey)}/getByMerchantTransactionId/${uuid}`
  const told = toldBy(await tryTwice({ account, path, body: null, now, stopping }), order)
  const outcome = told.success === false ? undefined : outcomeOf(told, order, now)
  if (outcome) return outcome
  const isUnknown = told.success === false && declineOf(told).errorCode === 8001
  // One that it has told of before is not gone: another account or another gateway is being asked.
  if (!isUnknown || order.gatewayReference !== null) throw new Error('The gateway did not say')
  if (now.getTime() - order.createdAt.getTime() >= ARRIVES_MS) return refused(3005, 'unknown_at_gateway')
  return { state: 'pending', gatewayReference: null, askAt: nextAsk(order, now) }
}

export const ixopay: Gateway = { send, status }
