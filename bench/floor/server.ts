// The floor of the bench: bare node:http over the floor's store. Started by run.ts with PORT, DATABASE_FILE and API_KEY.
import { createHash, timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import { type NewFloorCustomer, openFloor } from './store.ts'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
const keyHash = sha256(process.env.API_KEY ?? '')
const store = openFloor(process.env.DATABASE_FILE ?? '')

function answer(res: http.ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
}

function bodyOf(req: http.IncomingMessage): Promise<NewFloorCustomer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk)).once('error', reject)
    req.once('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))))
  })
}

const BASE = '/api/customers'

async function handle(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
  const url = req.url ?? ''
  if (!timingSafeEqual(sha256(String(req.headers['x-api-key'] ?? '')), keyHash)) return answer(res, 401, {})
  if (req.method === 'POST') return answer(res, 200, await store.create(await bodyOf(req)))
  if (url.startsWith(`${BASE}/`)) {
    const row = store.read(Number(url.slice(BASE.length + 1)))
    return answer(res, row ? 200 : 404, row ?? {})
  }
  const asked = new URLSearchParams(url.slice(url.indexOf('?') + 1))
  const limit = Math.min(Number(asked.get('limit') ?? 50), 100)
  const [text, before] = [asked.get('q'), asked.get('before')]
  const data = text ? store.search(text, limit) : store.list(limit, before ? Number(before) : undefined)
  answer(res, 200, { data })
}

const server = http.createServer((req, res) => {
  handle(req, res).catch((err) => answer(res, 500, { error: String(err) }))
})
server.listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', () => {
  server.close(() => store.close())
  server.closeAllConnections()
})
