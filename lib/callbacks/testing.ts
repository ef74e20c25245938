// A receiver of callbacks for tests: a real server on loopback that notes what it gets.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = { url: string; headers: IncomingHttpHeaders; body: string }
type Answer = { status: number; text: string }
export type Receiver = {
  base: string
  received: Received[]
  /** What it says next, in order; `OK` when nothing is left. */
  answers: Answer[]
  close: () => void
}

/** Listens under that name of loopback; once received, a callback is answered when `before` has ended. */
export async function openReceiver(
  host = 'localhost',
  before = async (): Promise<void> => undefined,
): Promise<Receiver> {
  const received: Received[] = []
  const answers: Answer[] = []
  const server = createServer(async (req, res) => {
    let body = ''
    for await (const part of req.setEncoding('utf8')) body += part
    received.push({ url: req.url ?? '', headers: req.headers, body })
    const { status, text } = answers.shift() ?? { status: 200, text: 'OK' }
    await before()
    res.writeHead(status).end(text)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { base: `http://${host}:${(server.address() as AddressInfo).port}`, received, answers, close }
}
