// A gateway for tests: Clientele itself, served on loopback with a simulator behind it, and between us and it a line that
// does what lines do.
import { EventEmitter, once } from 'node:events'
import { createServer as createLine, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { at, makeConnector, makeMerchant } from '#db/testing/make'
import { createServer } from '../api/server.ts'
import { setGatewayAccount } from '../connectors/gateway-account.ts'
import { type Stage, setStage } from '../transactions/testing.ts'

/**
 * What the line does with a request: passes it on; loses the answer after passing it on; breaks off without passing it
 * on; never answers; or answers by itself.
 */
export type Fault = 'lose' | 'break' | 'hang' | { status: number; text: string; location?: string }

export type Line = {
  base: string
  /** Method and path of each request that came. */
  seen: string[]
  bodies: string[]
  /** What happens to the next requests, in order; passed on when nothing is left. */
  faults: Fault[]
  /** Resolves when a request has come that is never answered. */
  hung: () => Promise<unknown>
  close: () => void
}

const portOf = (server: { address: () => unknown }): number => (server.address() as AddressInfo).port

async function pass(req: IncomingMessage, body: string, target: number): Promise<{ status: number; text: string }> {
  const { host, connection, 'content-length': _length, 'transfer-encoding': _coding, ...headers } = req.headers
  const answer = await fetch(`http://127.0.0.1:${target}${req.url}`, {
    method: req.method ?? 'GET',
    headers: headers as Record<string, string>,
    ...(req.method === 'POST' && { body }),
  })
  return { status: answer.status, text: await answer.text() }
}

async function openLine(target: number): Promise<Line> {
  const line: Pick<Line, 'seen' | 'bodies' | 'faults'> = { seen: [], bodies: [], faults: [] }
  const events = new EventEmitter()
  const server = createLine(async (req: IncomingMessage, res: ServerResponse) => {
    let body = ''
    for await (const part of req.setEncoding('utf8')) body += part
    line.seen.push(`${req.method} ${req.url}`)
    line.bodies.push(body)
    const fault = line.faults.shift()
    if (fault === 'hang') return void events.emit('hung')
    if (fault === 'break') return void res.destroy()
    if (typeof fault === 'object') {
      return void res.writeHead(fault.status, fault.location ? { location: fault.location } : {}).end(fault.text)
    }
    const { status, text } = await pass(req, body, target)
    if (fault === 'lose') return void res.destroy()
    res.writeHead(status, { 'Content-Type': 'application/json' }).end(text)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { ...line, base: `http://localhost:${portOf(server)}`, hung: () => once(events, 'hung'), close }
}

export type Abroad = Stage & {
  line: Line
  /** The address of this whole instance, which is its own gateway. */
  origin: string
  /** The merchant that is the gateway's, and its simulator. */
  acquirer: number
  account: Parameters<typeof setGatewayAccount>[1]
  close: () => void
}

/** The stage with an `ixopay` connector in place of the simulator. */
export async function setAbroad(): Promise<Abroad> {
  const stage = await setStage()
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const acquirer = (await makeMerchant('Acquirer')).id
  const { connector: behind, secrets } = await makeConnector(at(acquirer), { requireSignature: true })
  const line = await openLine(portOf(server))
  const { connector } = await makeConnector(stage.ctx, { adapter: 'ixopay' })
  const account = { connectorId: connector.id, baseUrl: line.base, apiKey: behind.apiKey, ...secrets }
  await setGatewayAccount(stage.ctx, account)
  const pay: Stage['pay'] = (input, given = {}, by = stage.ctx) =>
    stage.pay(input, { connectorId: connector.id, ...given }, by)
  const debit: Stage['debit'] = (token = 'ix::sim-visa', request = {}, amountMinor = 999) =>
    pay({ type: 'debit', token, amountMinor, currency: 'EUR', request })
  const close = () => {
    line.close()
    server.closeAllConnections()
    server.close()
  }
  const origin = `http://localhost:${portOf(server)}`
  return { ...stage, connectorId: connector.id, pay, debit, line, origin, acquirer, account, close }
}
