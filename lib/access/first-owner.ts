// The way into an empty installation: a one-time link, printed at the start, which makes the first merchant and owner.
import { and, eq, gt, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '#db/client'
import { oneTimeLinks, staff } from '#db/schema'
import { systemCtx } from '../core/ctx.ts'
import { fail } from '../core/errors.ts'
import { randomToken, sha256 } from '../core/ids.ts'
import { PERMISSIONS } from '../core/permissions.ts'
import { unchanged } from '../core/record.ts'
import { command } from '../core/verb.ts'
import { env } from '../env.ts'
import { createMerchant } from '../merchants/commands.ts'
import { NewMerchant } from '../merchants/schema.ts'
import { parsed } from './parsed.ts'
import { acceptablePassword, hashPassword } from './passwords.ts'
import { PersonName, StaffEmail } from './schema.ts'
import type { Caller } from './sessions.ts'
import { addMembership, addStaff } from './team.ts'

const LIFE_MS = 60 * 60_000

/** True once anybody can sign in; from then on there is no set-up. */
export async function isSetUp(): Promise<boolean> {
  const [anybody] = await db().read.select({ id: staff.id }).from(staff).limit(1)
  return anybody !== undefined
}

/** A fresh link for the first owner, valid 60 minutes; earlier ones stop working. Undefined when there is an owner. */
export async function firstOwnerLink(now = new Date()): Promise<string | undefined> {
  if (await isSetUp()) return undefined
  const token = randomToken(32)
  const times = { createdAt: now, expiresAt: new Date(now.getTime() + LIFE_MS) }
  await db().write(async (writer) => {
    await writer.delete(oneTimeLinks).where(eq(oneTimeLinks.kind, 'first_owner'))
    await writer
      .insert(oneTimeLinks)
      .values({ kind: 'first_owner', tokenHash: sha256(token), createdBy: 'Clientele', ...times })
  })
  return `${env.publicUrl}/setup/${token}`
}

const openLink = (token: string, now: Date) =>
  and(
    eq(oneTimeLinks.tokenHash, sha256(token)),
    eq(oneTimeLinks.kind, 'first_owner'),
    isNull(oneTimeLinks.usedAt),
    gt(oneTimeLinks.expiresAt, now),
  )

/** Whether the link still works. */
export async function isSetUpLink(token: string, now = new Date()): Promise<boolean> {
  const [row] = await db().read.select({ id: oneTimeLinks.id }).from(oneTimeLinks).where(openLink(token, now))
  return row !== undefined
}

export const FirstOwner = z.strictObject({
  token: z.string().min(1).max(200),
  merchant: NewMerchant.omit({ parentId: true }),
  name: PersonName,
  email: StaffEmail,
  password: z.string().max(1000),
})

const setUp = (token: string, passwordHash: string) =>
  command(null, FirstOwner.omit({ token: true, password: true }), async (tx, { merchant, name, email }) => {
    const [used] = await tx.writer
      .update(oneTimeLinks)
      .set({ usedAt: tx.now() })
      .where(openLink(token, tx.now()))
      .returning({ id: oneTimeLinks.id })
    const [anybody] = await tx.writer.select({ id: staff.id }).from(staff).limit(1)
    if (!used || anybody) fail('LINK_NOT_FOUND', {})
    const made = await createMerchant(tx, merchant)
    const at = { ...tx, merchantId: made.id }
    const staffId = await addStaff(at, { name, email, passwordHash })
    await addMembership(at, staffId, made.id, 'owner')
    unchanged(tx)
    return { merchantId: made.id, staffId, email }
  })

/**
 * Makes the first merchant and its owner, once. Throws LINK_NOT_FOUND when the link is not good or an owner exists,
 * PASSWORD_REFUSED and VALIDATION_ERROR for what was typed.
 */
export async function setupFirstOwner(
  input: z.input<typeof FirstOwner>,
  caller: Caller,
): Promise<{ merchantId: number; staffId: number; email: string }> {
  const { token, password, ...rest } = parsed(FirstOwner, input)
  const now = caller.now ?? (() => new Date())
  if (!(await isSetUpLink(token, now()))) return fail('LINK_NOT_FOUND', {})
  const passwordHash = await hashPassword(acceptablePassword(password, [rest.merchant.name, rest.name, rest.email]))
  const ctx = {
    ...systemCtx(0, new Set(PERMISSIONS), now),
    ip: caller.ip,
    ...(caller.requestId && { requestId: caller.requestId }),
  }
  return setUp(token, passwordHash)(ctx, rest)
}
