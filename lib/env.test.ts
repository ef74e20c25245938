import { expect, test } from 'vitest'
import { parseEnv } from './env.ts'

test('nothing needs to be set', () => {
  const env = parseEnv({})
  expect(env.PORT).toBe(3000)
  expect(env.engine).toBe('sqlite')
  expect(env.databaseUrl).toBe('file:data/clientele.db')
  expect(env.publicUrl).toBe('http://127.0.0.1:3000')
})

test('an empty setting counts as not set', () => {
  expect(parseEnv({ PORT: '', PUBLIC_URL: '' }).PORT).toBe(3000)
})

test('every wrong setting is named in one message', () => {
  const wrong = {
    PORT: '99999',
    DATABASE_URL: 'mysql://x',
    PUBLIC_URL: 'vault',
    APP_SECRET: 'short',
    LOG_LEVEL: 'loud',
  }
  expect(() => parseEnv(wrong)).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*APP_SECRET[\s\S]*PUBLIC_URL[\s\S]*LOG_LEVEL/)
})

test('the address of a database chooses the engine', () => {
  expect(parseEnv({ DATABASE_URL: 'postgres://host/db' }).engine).toBe('postgres')
})
