// The guard of outbound calls: which addresses are public, which form may be called, and what a receiver can do to a call.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isPublicAddress, type OutboundError, outboundUrl, type Post, postOutbound, type Resolve } from './outbound.ts'

// The receivers of this file listen on loopback, which only this setting allows.
vi.mock('../env.ts', async (original) => {
  const { env } = await original<typeof import('../env.ts')>()
  return { env: { ...env, WEBHOOK_ALLOW_HOSTS: 'localhost, Listed.example, one-port.example:443, ::1' } }
})

describe('which addresses are public', () => {
  test.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '172.15.0.1', '172.32.0.1', '2a00:1450::1', '2606:4700::1111'])(
    '%s is',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  test.each([
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '127.8.8.8',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
    ],
    ...[
      '192.168.1.1',
      '192.0.2.1',
      '198.18.0.1',
      '198.51.100.7',
      '203.0.113.9',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '168.63.129.16',
      '192.0.0.192',
      '100.100.100.200',
    ],
    ...[
      '::',
      '::1',
      '::ffff:8.8.8.8',
      '::ffff:127.0.0.1',
      'fe80::1',
      'fc00::1',
      'fd12::1',
      'ff02::1',
      '64:ff9b::808:808',
    ],
    ...['2001:db8::1', '2002:7f00:1::', '2001::1', '3fff::1', 'nonsense', ''],
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))

  test('none that carries another inside: mapped, compatible, translated, 6to4, Teredo', () => {
    fc.assert(
      fc.property(fc.ipV4(), (four) => {
        const [a = 0, b = 0, c = 0, d = 0] = four.split('.').map(Number)
        const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
        const inside = ['::ffff:', '::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'].map((prefix) => prefix + hex)
        const addresses = [...inside, `::ffff:${four}`, `64:ff9b::${four}`, `2002:${hex}::1`, `2001:0:${hex}::1`]
        expect(addresses.filter(isPublicAddress)).toEqual([])
      }),
    )
  })
})

describe('which addresses may be called by their form', () => {
  test.each([
    ['https://shop.example/cb?o=1', true],
    ['https://shop.example:443/cb', true],
    ['http://shop.example/cb', true],
    ['http://shop.example:80/cb', true],
    ['http://shop.example:8080/cb', false],
    ['https://shop.example:22/cb', false],
    ['https://user:secret@shop.example/cb', false],
    ['ftp://shop.example/cb', false],
    ['javascript:alert(1)', false],
    ['shop.example/cb', false],
    ['', false],
  ])('%s: %s', (text, may) => expect(outboundUrl(text, { http: true }) !== undefined).toBe(may))

  test('plain http is for callbacks alone', () => {
    expect(outboundUrl('http://shop.example/', { http: false })).toBeUndefined()
    expect(outboundUrl('http://shop.example/', { http: 'listed' })).toBeUndefined()
    expect(outboundUrl('http://localhost:1/', { http: 'listed' })).toBeDefined()
    expect(outboundUrl('https://shop.example:8443/', { http: false })).toBeDefined()
  })

  test('a number that is not public is refused in whatever notation', () => {
    const odd = ['2130706433', '0x7f.1', '017700000001', '127.1', '127.0.0.1.', '%31%32%37.0.0.1', '１２７.0.0.1']
    const six = ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[fe80::1]', '[64:ff9b::7f00:1]', '[::]']
    for (const host of [...odd, ...six, '0', '10.1.2.3', '169.254.169.254', '0xa9fea9fe']) {
      expect(outboundUrl(`https://${host}/`, { http: true }), host).toBeUndefined()
    }
    expect(outboundUrl('https://134744072/', { http: true })?.hostname).toBe('8.8.8.8')
  })

  test('a listed host may be private and have any port, one that is listed with a port only that', () => {
    const may = (text: string) => outboundUrl(text, { http: true }) !== undefined
    expect(may('http://localhost:9999/')).toBe(true)
    expect(may('http://LISTED.example:9999/')).toBe(true)
    expect(may('https://[::1]:9999/')).toBe(true)
    expect(may('https://one-port.example:9999/')).toBe(false)
    expect(may('http://sub.listed.example:9999/')).toBe(false)
    expect(may('http://localhost.evil.example:9999/')).toBe(false)
    expect(may('http://a@localhost:9999/')).toBe(false)
  })
})

const answers =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: net.isIP(address) }))

async function listen(server: net.Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return (server.address() as AddressInfo).port
}

/** What came of a call: the answer, or the fault as a word. */
const outcome = (text: string, given: Partial<Post> = {}) =>
  postOutbound({ url: new URL(text), headers: {}, body: '{}', timeoutMs: 500, ...given }).catch(
    (err: OutboundError) => err.fault,
  )

describe('calls', () => {
  let connections = 0
  const hosts: IncomingHttpHeaders[] = []
  const server = createServer((req, res) => {
    hosts.push(req.headers)
    res.writeHead(302, { Location: 'http://127.0.0.1/' }).end('elsewhere')
  })
  server.on('connection', () => {
    connections += 1
  })
  let port = 0
  beforeAll(async () => {
    port = await listen(server)
  })
  afterAll(() => void server.close())
  const call = (host: string, resolve: Resolve) => outcome(`http://${host}:${port}/`, { resolve })

  test('never reach a private address, by name, by mixture or by number', async () => {
    const refused = 'address_not_public'
    expect(await call('inside.example', answers('127.0.0.1'))).toBe(refused)
    expect(await call('mixed.example', answers('8.8.8.8', '127.0.0.1'))).toBe(refused)
    expect(await call('mixed.example', answers('8.8.8.8', 'fe80::1'))).toBe(refused)
    expect(await call('mapped.example', answers('::ffff:127.0.0.1'))).toBe(refused)
    expect(await call('nowhere.example', answers())).toBe('unresolved')
    expect(await call('failing.example', () => Promise.reject(new Error('SERVFAIL')))).toBe('unresolved')
    expect(await call('127.0.0.1', answers('8.8.8.8'))).toBe(refused)
    expect(await call('[::ffff:127.0.0.1]', answers('8.8.8.8'))).toBe(refused)
    expect(connections).toBe(0)
  })

  test('ask for the address once, and connect to what was checked', async () => {
    let asked = 0
    const rebinding: Resolve = async () => [{ address: asked++ === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }]
    expect(await call('rebinding.example', rebinding)).toBe('address_not_public')
    expect(asked).toBe(1)
    expect(connections).toBe(0)
  })

  test('go to the checked address under the name of the host, and follow no redirect', async () => {
    let asked = 0
    const resolve: Resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '192.0.2.1', family: 4 }]
    expect(await call('listed.example', resolve)).toEqual({ status: 302, text: 'elsewhere' })
    expect([asked, connections, hosts[0]?.host]).toEqual([1, 1, `listed.example:${port}`])
  })

  test('name the host to a secure receiver, and believe no certificate that is not trusted', async () => {
    const named = Promise.withResolvers<string>()
    const secure = tls.createServer({
      SNICallback: (name, done) => {
        named.resolve(name)
        done(null)
      },
    })
    const at = await listen(secure)
    expect(await outcome(`https://listed.example:${at}/`, { resolve: answers('127.0.0.1') })).toBe('unreachable')
    expect(await named.promise).toBe('listed.example')
    secure.close()
  })
})

describe('a receiver', () => {
  /** Writes that text for whatever it is sent, then ends the connection, or goes on with `more`. */
  async function receiver(text: string | Buffer, more?: (socket: net.Socket) => void) {
    const server = net.createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        if (!more) return socket.end(text)
        socket.write(text)
        more(socket)
      })
    })
    return { url: `http://localhost:${await listen(server)}/`, close: () => server.close() }
  }
  const head = (length: number) => `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`

  test.each([
    ['breaks off in the middle of its answer', `${head(100)}OK`],
    ['wants another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
    ['does not speak HTTP', 'hello\r\n\r\n'],
    ['says nothing', ''],
    ['has no end of headers', `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(100_000)}`],
    ['breaks off a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nOK'],
  ])('that %s ends the call', async (_name, text) => {
    const { url, close } = await receiver(text)
    expect(await outcome(url)).toBe('unreachable')
    close()
  })

  test('that drips, or never says its status, is left when the time is up', async () => {
    for (const text of [head(100_000), 'HTTP/1.1 100 Continue\r\n\r\n']) {
      let left = 0
      const { url, close } = await receiver(text, (socket) => {
        const timer = setInterval(() => socket.write(text.startsWith('HTTP/1.1 100') ? text : 'x'), 20)
        socket.on('close', () => {
          clearInterval(timer)
          left += 1
        })
      })
      expect(await outcome(url, { timeoutMs: 200 })).toBe('timeout')
      await expect.poll(() => left).toBe(1)
      close()
    }
  })

  test('is read for 64 KiB and no more, counted in bytes, and never unpacked', async () => {
    const endless = await receiver(head(10_000_000), (socket) => void socket.write('é'.repeat(1_000_000)))
    expect(await outcome(endless.url, { timeoutMs: 5000 })).toEqual({ status: 200, text: 'é'.repeat(32_768) })
    const packed = gzipSync('x'.repeat(10_000_000))
    const bomb = await receiver(
      Buffer.concat([
        Buffer.from(head(packed.length).replace('\r\n\r\n', '\r\nContent-Encoding: gzip\r\n\r\n')),
        packed,
      ]),
    )
    const unread = await outcome(bomb.url, { timeoutMs: 5000 })
    expect(typeof unread === 'object' && unread.text.length).toBeLessThanOrEqual(packed.length)
    endless.close()
    bomb.close()
  })

  test('is known to have got nothing only when there was no connection, over TLS a trusted one', async () => {
    const got = (text: string, given: Partial<Post> = {}) =>
      postOutbound({ url: new URL(text), headers: {}, body: '{}', timeoutMs: 5000, ...given }).catch(
        (err: OutboundError) => err.connected,
      )
    const { url, close } = await receiver('')
    expect(await got(url)).toBe(true)
    expect(await got(url, { method: 'GET' })).toBe(true)
    expect(await got(url.replace('http:', 'https:'))).toBe(false)
    close()
    expect(await got(url)).toBe(false)
    expect(await got('https://nowhere.example/', { resolve: answers() })).toBe(false)
  })

  test('with a name server that never answers is left in time, and nothing is called once the program stops', async () => {
    const never: Resolve = () => new Promise(() => undefined)
    expect(await outcome('https://slow.example/', { resolve: never, timeoutMs: 50 })).toBe('timeout')
    const stop = new AbortController()
    const { url, close } = await receiver(head(10), () => stop.abort())
    expect(await outcome(url, { timeoutMs: 5000, stopping: stop.signal })).toBe('stopped')
    expect(await outcome(url, { timeoutMs: 5000, stopping: stop.signal })).toBe('stopped')
    close()
  })
})
