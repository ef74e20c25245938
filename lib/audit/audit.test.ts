import { asc, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { db } from '#db/client'
import { auditEvents } from '#db/schema'
import { staffAt } from '#db/testing/make'
import { bareMerchant as merchant } from '#db/testing/merchant'
import type { Ctx } from '../core/ctx.ts'
import { flushReads } from '../core/record.ts'
import { createCustomer, updateCustomer } from '../customers/commands.ts'
import { getCustomer } from '../customers/queries.ts'
import { listAuditEvents, verifyAuditChain } from './queries.ts'

let ctx: Ctx
beforeAll(async () => {
  ctx = await merchant()
})

const ada = { name: 'Ada Lovelace', email: 'ada@example.com' }

describe('the audit trail', () => {
  test('shows who changed and who read what, by field, in one chain without a gap', async () => {
    const own = await merchant()
    const manager = staffAt(own.merchantId, 'manager', { ip: '203.0.113.9', requestId: 'req_1' })
    const { customer } = await createCustomer(manager, ada)
    await updateCustomer(manager, { id: customer.id, phone: '12345' })
    await getCustomer(manager, { id: customer.id })
    await flushReads()
    const trail = await listAuditEvents(own, { customerId: customer.id })
    expect(trail.data.map(({ action, actorName, ip }) => [action, actorName, ip])).toEqual([
      ['customer.read', 'The manager', '203.0.113.9'],
      ['customer.updated', 'The manager', '203.0.113.9'],
      ['customer.created', 'The manager', '203.0.113.9'],
    ])
    expect(trail.data[1]?.changes).toEqual({ phone: { before: null, after: '12345' } })
    await flushReads()
    expect((await verifyAuditChain(own, {})).brokenAt).toBeNull()
  })

  test('refuses to be changed or deleted, even by SQL', async () => {
    await createCustomer(ctx, ada)
    const [row] = await db().read.select().from(auditEvents).orderBy(asc(auditEvents.id)).limit(1)
    const id = row?.id ?? 0
    await expect(db().write((writer) => writer.delete(auditEvents).where(eq(auditEvents.id, id)))).rejects.toThrow()
    const rename = db().write((writer) =>
      writer.update(auditEvents).set({ actorName: 'Nobody' }).where(eq(auditEvents.id, id)),
    )
    await expect(rename).rejects.toThrow()
    const forge = db().write((writer) =>
      writer.update(auditEvents).set({ changes: {}, salt: 'x' }).where(eq(auditEvents.id, id)),
    )
    await expect(forge).rejects.toThrow()
  })

  test('stays whole when what changed is emptied, which erasing a person needs', async () => {
    const own = await merchant()
    await createCustomer(own, ada)
    await db().write((writer) =>
      writer.update(auditEvents).set({ changes: null, salt: null }).where(eq(auditEvents.merchantId, own.merchantId)),
    )
    expect(await verifyAuditChain(own, {})).toEqual({ rows: 1, brokenAt: null })
  })

  test('masks personal before and after for who may not read them', async () => {
    const own = await merchant()
    await createCustomer(own, ada)
    const trail = await listAuditEvents(staffAt(own.merchantId, 'auditor'), {})
    expect(JSON.stringify(trail)).not.toContain('ada@example.com')
    expect(trail.data[0]?.changes?.email).toEqual({ before: null, after: '••••' })
  })
})
