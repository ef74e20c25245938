import { expect, inject, test } from 'vitest'
import { db, openDb } from '../client.ts'
import { countAll, engine } from '../kit.ts'
import { merchants } from '../schema.ts'

test('a test file has a migrated, empty database on the engine that was asked for', async () => {
  expect(engine).toBe(inject('template').engine)
  await openDb()
  expect(await db().ping()).toEqual({ migrated: true })
  expect(await db().read.select({ rows: countAll() }).from(merchants)).toEqual([{ rows: 0 }])
})

test('the reading connection refuses to write, whatever the types say', async () => {
  const reader = db().read as unknown as { delete(table: typeof merchants): Promise<unknown> }
  await expect(reader.delete(merchants)).rejects.toThrow()
})
