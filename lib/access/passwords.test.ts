import { expect, test } from 'vitest'
import { appError } from '../core/errors.ts'
import common from './common-passwords.json' with { type: 'json' }
import { acceptablePassword, hashPassword, isOutdated, verifyPassword } from './passwords.ts'

const codeOf = (password: string, names: string[] = []): string | undefined => {
  try {
    acceptablePassword(password, names)
    return undefined
  } catch (err) {
    const refused = appError(err)
    expect(refused?.code).toBe('PASSWORD_REFUSED')
    return refused?.details.fields?.[0]?.code
  }
}

test('length counts code points: 15 to 128', () => {
  expect(codeOf('vex9 lumo drift')).toBeUndefined()
  expect(codeOf('vex9 lumo drif')).toBe('TOO_SHORT')
  expect(codeOf('🦊🐢🦉🐝🦀🐙🦋🐌🐧🦄🐳🦕🐞🦔')).toBe('TOO_SHORT')
  expect(codeOf('🦊🐢🦉🐝🦀🐙🦋🐌🐧🦄🐳🦕🐞🦔🐨')).toBeUndefined()
  expect(codeOf('lumo vex drift quarry '.repeat(7).slice(0, 128))).toBeUndefined()
  expect(codeOf('lumo vex drift quarry '.repeat(7).slice(0, 129))).toBe('TOO_LONG')
})

test('no rule about kinds of characters', () => {
  for (const fine of ['lumovexdriftquarry', '839150274619385', 'ключ от старой лодки', 'LUMO VEX DRIFT QUARRY']) {
    expect(codeOf(fine), fine).toBeUndefined()
  }
})

test('common ones are refused, however they are stretched', () => {
  expect(common.words.split(' ').length).toBeGreaterThanOrEqual(10_000)
  const easy = [
    'passwordpassword',
    'Password1234567',
    '!!!password2027',
    '123456789012345',
    'aaaaaaaaaaaaaaaa',
    'abcdefghijklmnop',
    'qwertyuiopasdfghjkl',
    'iloveyouprincess',
    'letmeinletmeinletmein',
    '               ',
    'ｐａｓｓｗｏｒｄ１２３４５６７',
  ]
  for (const password of easy) expect(codeOf(password), password).toBe('PASSWORD_COMMON')
})

test('names around the person are refused as the substance of a password', () => {
  const names = ['Harbor Books', 'Mara Lindqvist', 'mara@harbor-books.example']
  for (const made of ['HarborBooks2027!', 'mara.lindqvist.99', 'clientele-harbor-1', 'ClienteleClientele7']) {
    expect(codeOf(made, names), made).toBe('PASSWORD_NAMED')
  }
  expect(codeOf('harbor vex lumo drift', names)).toBeUndefined()
})

test('hashes are argon2id with 19 MiB, two passes, one lane, and compare after NFC', async () => {
  const hash = await hashPassword(acceptablePassword('cafe\u0301 vex lumo drift', []))
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(isOutdated(hash)).toBe(false)
  expect(isOutdated(hash.replace('m=19456', 'm=4096'))).toBe(true)
  expect(await verifyPassword(hash, 'caf\u00e9 vex lumo drift')).toBe(true)
  expect(await verifyPassword(hash, 'cafe vex lumo drift')).toBe(false)
  expect(await verifyPassword(undefined, 'nobody has this password')).toBe(false)
})
