import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isPublicAddress, type OutboundError, outboundUrl, postOutbound, type Resolve } from './outbound.ts'

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
    expect(outboundUrl('https://shop.example:8443/', { http: false })).toBeDefined()
  })

  test('odd notations of an address are what they mean', () => {
    for (const host of ['2130706433', '0x7f.1', '017700000001', '127.1']) {
      expect(outboundUrl(`http://${host}/`, { http: true })?.hostname).toBe('127.0.0.1')
    }
  })
})

describe('calls', () => {
  let received = 0
  const server = createServer((_req, res) => {
    received += 1
    res.end('x'.repeat(200_000))
  })
  let port = 0
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => void server.close())

  const answers =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const call = (host: string, resolve: Resolve) =>
    postOutbound({ url: new URL(`http://${host}:${port}/`), headers: {}, body: '{}', timeoutMs: 500, resolve }).then(
      () => 'called',
      (err: OutboundError) => err.fault,
    )

  test('never reach a private address, by name, by mixture or by number', async () => {
    expect(await call('inside.example', answers('127.0.0.1'))).toBe('address_not_public')
    expect(await call('mixed.example', answers('8.8.8.8', '127.0.0.1'))).toBe('address_not_public')
    expect(await call('mapped.example', answers('::ffff:127.0.0.1'))).toBe('address_not_public')
    expect(await call('nowhere.example', answers())).toBe('unresolved')
    expect(await call('127.0.0.1', answers('127.0.0.1'))).toBe('address_not_public')
    expect(received).toBe(0)
  })

  test('ask for the address once, and connect to what was checked', async () => {
    let asked = 0
    const rebinding: Resolve = async () => [{ address: asked++ === 0 ? '192.0.2.1' : '127.0.0.1', family: 4 }]
    expect(await call('rebinding.example', rebinding)).toBe('address_not_public')
    expect(asked).toBe(1)
    expect(received).toBe(0)
  })
})
