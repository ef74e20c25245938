import { describe, expect, test } from 'vitest'
import { isOwnOrigin, ownPath } from './origin.ts'

describe('the origin of a change', () => {
  const from = (origin: string | null, host = '127.0.0.1:3000', site?: string) => {
    const headers = new Headers({ host })
    if (origin !== null) headers.set('origin', origin)
    if (site) headers.set('sec-fetch-site', site)
    return isOwnOrigin(headers)
  }

  test('is our own address, or on this machine the host that was called', () => {
    expect(from('http://127.0.0.1:3000')).toBe(true)
    expect(from('http://127.0.0.1:3000', '127.0.0.1:3000', 'same-origin')).toBe(true)
    expect(from('http://localhost:4000', 'localhost:4000')).toBe(true)
  })

  test('is nothing else', () => {
    const others = [
      'null',
      'http://127.0.0.1:3001',
      'https://127.0.0.1:3000',
      'http://127.0.0.1:3000.evil.example',
      'http://evil.example',
    ]
    for (const origin of [null, ...others]) expect(from(origin), String(origin)).toBe(false)
    expect(from('http://evil.example:3000', 'evil.example:3000')).toBe(false)
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(from('http://127.0.0.1:3000', '127.0.0.1:3000', site)).toBe(false)
  })

  test('the address to go on to stays with us', () => {
    expect(ownPath('/customers?m=2&q=a')).toBe('/customers?m=2&q=a')
    for (const other of [
      undefined,
      '',
      'customers',
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/\t/evil.example',
      '/..//evil.example',
    ]) {
      expect(ownPath(other), String(other)).toBe('/')
    }
  })
})
