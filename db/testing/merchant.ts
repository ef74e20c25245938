// A merchant for a test, without everything that making one properly brings along.
import { randomUUID } from 'node:crypto'
import { db, openDb } from '#db/client'
import { merchants } from '#db/schema'
import type { Ctx } from '#lib/core/ctx'
import { at } from './make.ts'

/** A merchant as a bare row, so that this file tests customers and nothing else. */
export async function bareMerchant(duplicatePolicy: 'allow' | 'warn' | 'reject' = 'warn'): Promise<Ctx> {
  await openDb()
  const now = new Date()
  const row = {
    merchantUuid: randomUUID(),
    name: 'Harbor Books',
    path: '/',
    currency: 'EUR',
    timeZone: 'UTC',
    duplicatePolicy,
  }
  const [made] = await db().write((writer) =>
    writer
      .insert(merchants)
      .values({ ...row, requireIfMatch: false, version: 1, createdAt: now, updatedAt: now })
      .returning({ id: merchants.id }),
  )
  return at(made?.id ?? 0)
}
