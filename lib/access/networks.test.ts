import { expect, test } from 'vitest'
import { isAllowedFrom, isNetwork } from './networks.ts'
import { Network } from './schema.ts'
import { addressOf } from './throttle.ts'

test('addresses and CIDR networks of both families are accepted, everything else is not', () => {
  for (const good of ['203.0.113.7', '203.0.113.0/24', '0.0.0.0/0', '2001:db8::/32', '::1', '2001:db8::1/128']) {
    expect(isNetwork(good), good).toBe(true)
    expect(Network.safeParse(good).success, good).toBe(true)
  }
  for (const bad of [
    '',
    '203.0.113.256',
    '203.0.113.0/33',
    '203.0.113',
    '2001:db8::/129',
    'example.com',
    '1.2.3.4/8/8',
    ':::/3',
  ]) {
    expect(isNetwork(bad) && Network.safeParse(bad).success, bad).toBe(false)
  }
})

test('a key works from its networks alone, mapped addresses included', () => {
  const networks = ['203.0.113.0/24', '2001:db8::/32']
  expect(isAllowedFrom([], null)).toBe(true)
  expect(isAllowedFrom(networks, '203.0.113.9')).toBe(true)
  expect(isAllowedFrom(networks, '::ffff:203.0.113.9')).toBe(true)
  expect(isAllowedFrom(networks, '2001:db8:1::9')).toBe(true)
  for (const ip of ['203.0.114.9', '2001:db9::1', 'garbage', null])
    expect(isAllowedFrom(networks, ip), String(ip)).toBe(false)
})

test('guesses are counted per IPv4 address and per /64 of IPv6', () => {
  expect(addressOf('203.0.113.9')).toBe('203.0.113.9')
  expect(addressOf('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(addressOf('2001:db8:0:1::9')).toBe(addressOf('2001:0db8:0000:0001:ffff:ffff:ffff:ffff'))
  expect(addressOf('2001:db8:0:1::9')).not.toBe(addressOf('2001:db8:0:2::9'))
  expect(addressOf(null)).toBe('unknown')
})
