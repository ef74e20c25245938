import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyPatch, jsonEqual, mergePatch } from './json-patch.ts'

describe('RFC 7396 appendix A', () => {
  test.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (target, patch, result) => expect(mergePatch(target, patch)).toEqual(result))
})

describe('RFC 6902 appendix A', () => {
  test.each<[string, unknown, unknown[], unknown]>([
    ['A.1', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    ['A.2', { foo: ['bar', 'baz'] }, [{ op: 'add', path: '/foo/1', value: 'qux' }], { foo: ['bar', 'qux', 'baz'] }],
    ['A.3', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    ['A.4', { foo: ['bar', 'qux', 'baz'] }, [{ op: 'remove', path: '/foo/1' }], { foo: ['bar', 'baz'] }],
    ['A.5', { baz: 'qux', foo: 'bar' }, [{ op: 'replace', path: '/baz', value: 'boo' }], { baz: 'boo', foo: 'bar' }],
    [
      'A.6',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'A.7',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      'A.8',
      { baz: 'qux', foo: ['a', 2, 'c'] },
      [
        { op: 'test', path: '/baz', value: 'qux' },
        { op: 'test', path: '/foo/1', value: 2 },
      ],
      { baz: 'qux', foo: ['a', 2, 'c'] },
    ],
    ['A.10', { foo: 'bar' }, [{ op: 'add', path: '/child', value: { g: {} } }], { foo: 'bar', child: { g: {} } }],
    ['A.11', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }], { foo: 'bar', baz: 'qux' }],
    ['A.14', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    [
      'A.16',
      { foo: ['bar'] },
      [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
      { foo: ['bar', ['abc', 'def']] },
    ],
    ['copy', { a: { b: 1 } }, [{ op: 'copy', from: '/a', path: '/c' }], { a: { b: 1 }, c: { b: 1 } }],
    ['whole', { a: 1 }, [{ op: 'replace', path: '', value: [1] }], [1]],
    ['null', { a: 1 }, [{ op: 'add', path: '/a', value: null }], { a: null }],
    ['null found', { a: null }, [{ op: 'test', path: '/a', value: null }], { a: null }],
    ['empty key', {}, [{ op: 'add', path: '/', value: 1 }], { '': 1 }],
  ])('%s', (_, doc, patch, value) => expect(applyPatch(doc, patch)).toEqual({ ok: true, value }))

  test.each<[string, unknown, unknown, 'invalid' | 'test', number]>([
    ['A.9', { baz: 'qux' }, [{ op: 'test', path: '/baz', value: 'bar' }], 'test', 0],
    ['A.12', { foo: 'bar' }, [{ op: 'add', path: '/baz/bat', value: 'qux' }], 'invalid', 0],
    ['A.13', { foo: 'bar' }, [{ op: 'purge', path: '/baz' }], 'invalid', 0],
    ['A.15', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: '10' }], 'test', 0],
    [
      'second',
      {},
      [
        { op: 'add', path: '/a', value: 1 },
        { op: 'remove', path: '/b' },
      ],
      'invalid',
      1,
    ],
    ['leading zero', [1, 2], [{ op: 'remove', path: '/01' }], 'invalid', 0],
    ['past the end', [1], [{ op: 'add', path: '/2', value: 1 }], 'invalid', 0],
    ['- reads nothing', [1], [{ op: 'remove', path: '/-' }], 'invalid', 0],
    ['into itself', { a: { b: 1 } }, [{ op: 'move', from: '/a', path: '/a/b' }], 'invalid', 0],
    ['no value', {}, [{ op: 'add', path: '/a' }], 'invalid', 0],
    ['no slash', { a: 1 }, [{ op: 'remove', path: 'a' }], 'invalid', 0],
    ['bad escape', { '~2': 1 }, [{ op: 'remove', path: '/~2' }], 'invalid', 0],
    ['replace nothing', {}, [{ op: 'replace', path: '/a', value: 1 }], 'invalid', 0],
    ['inherited', {}, [{ op: 'remove', path: '/toString' }], 'invalid', 0],
    ['no array', {}, { op: 'add' }, 'invalid', 0],
  ])('%s is refused', (_, doc, patch, reason, index) => {
    expect(applyPatch(doc, patch)).toMatchObject({ ok: false, reason, index })
  })
})

test('no key reaches a prototype', () => {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    const body = JSON.parse(`{"${key}":{"polluted":true},"a":1}`)
    expect(Object.keys(mergePatch({}, body) ?? {})).toEqual(['a'])
    for (const path of [`/${key}/polluted`, `/a/${key}`, `/${key}`]) {
      expect(applyPatch({ a: {} }, [{ op: 'add', path, value: true }])).toMatchObject({ ok: false, reason: 'invalid' })
    }
  }
  expect('polluted' in {}).toBe(false)
})

test('copies cannot double a document until the memory is full', () => {
  const patch = Array.from({ length: 60 }, (_, i) => ({ op: 'copy', from: '', path: `/k${i}` }))
  expect(applyPatch({}, patch)).toMatchObject({ ok: false, reason: 'invalid', message: 'the patch copies too much' })
})

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const pointer = fc.array(fc.constantFrom('a', 'b', '0', '1', '-', '~0', '~1', '__proto__', ''), { maxLength: 4 })
const operation = fc.record({
  op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'other'),
  path: pointer.map((tokens) => tokens.map((token) => `/${token}`).join('')),
  from: pointer.map((tokens) => tokens.map((token) => `/${token}`).join('')),
  value: json,
})

test('any patch on any document answers and leaves both as they were', () => {
  fc.assert(
    fc.property(json, fc.array(fc.oneof(operation, fc.anything()), { maxLength: 6 }), (doc, patch) => {
      const before = JSON.stringify(doc)
      const result = applyPatch(doc, patch)
      expect(JSON.stringify(doc)).toBe(before)
      if (result.ok) expect(() => JSON.stringify(result.value)).not.toThrow()
    }),
    { numRuns: 2000 },
  )
})

test('a merge patch applied twice is the same as once, and add then remove is nothing', () => {
  fc.assert(
    fc.property(json, json, (doc, patch) => {
      const once = mergePatch(doc, patch)
      if (!JSON.stringify(patch).includes('null')) expect(jsonEqual(mergePatch(once, patch), once)).toBe(true)
      const patched = applyPatch({ doc } as unknown, [
        { op: 'add', path: '/new', value: patch },
        { op: 'remove', path: '/new' },
        { op: 'test', path: '/doc', value: doc },
      ])
      expect(patched.ok).toBe(true)
    }),
  )
})
