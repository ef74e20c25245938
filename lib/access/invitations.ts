// Invitations: a one-time link for one address, one merchant and one role, valid seven days.
import { and, desc, eq, gt, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader } from '#db/client'
import { memberships, merchants, oneTimeLinks, staff } from '#db/schema'
import { type Ctx, systemCtx } from '../core/ctx.ts'
import { fail, invalid } from '../core/errors.ts'
import { randomToken, sha256 } from '../core/ids.ts'
import { PERMISSIONS, type Role } from '../core/permissions.ts'
import { record } from '../core/record.ts'
import { foldEmail } from '../core/text.ts'
import { command, query, type Tx } from '../core/verb.ts'
import { env } from '../env.ts'
import { sendMail } from './mail.ts'
import { mayGrant } from './members.ts'
import { parsed } from './parsed.ts'
import { acceptablePassword, hashPassword } from './passwords.ts'
import { Acceptance, Invitation, InvitationRef } from './schema.ts'
import type { Caller } from './sessions.ts'
import { checkAccount } from './sign-in.ts'
import { addMembership, addStaff, namesAt, placeOf } from './team.ts'
import { forgive } from './throttle.ts'

const LIFE_MS = 7 * 86_400_000

type Row = typeof oneTimeLinks.$inferSelect
export type InvitationView = {
  id: number
  email: string
  role: Role
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

const viewOf = (row: Row): InvitationView => ({
  id: row.id,
  email: row.email ?? '',
  role: row.role ?? 'support',
  invitedBy: row.createdBy,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
})

const openOnes = (merchantId: number) =>
  and(eq(oneTimeLinks.kind, 'invitation'), eq(oneTimeLinks.merchantId, merchantId), isNull(oneTimeLinks.usedAt))

/** Invitations of the caller's merchant that nobody has accepted yet, expired ones included, newest first. */
export const listInvitations = query('team:read', z.strictObject({}), async (read): Promise<InvitationView[]> => {
  const rows = await read.reader
    .select()
    .from(oneTimeLinks)
    .where(openOnes(read.merchantId))
    .orderBy(desc(oneTimeLinks.id))
    .limit(200)
  return rows.map(viewOf)
})

async function refuseMember(tx: Tx, email: string, merchantId: number): Promise<void> {
  const [member] = await tx.writer
    .select({ id: staff.id })
    .from(staff)
    .innerJoin(memberships, and(eq(memberships.staffId, staff.id), eq(memberships.merchantId, merchantId)))
    .where(eq(staff.emailFolded, foldEmail(email)))
  if (member) fail('MEMBERSHIP_EXISTS', {})
}

const storeInvitation = (tokenHash: string) =>
  command(
    'team:write',
    Invitation,
    async (tx, { email, role, merchantId }): Promise<InvitationView> => {
      const place = await placeOf(tx, merchantId)
      mayGrant(tx, role)
      await refuseMember(tx, email, place)
      const now = tx.now()
      const times = { createdAt: now, expiresAt: new Date(now.getTime() + LIFE_MS), usedAt: null }
      const [made] = await tx.writer
        .insert(oneTimeLinks)
        .values({ kind: 'invitation', tokenHash, merchantId: place, email, role, createdBy: tx.actor.name, ...times })
        .returning()
      if (!made) throw new Error('An insert returned no row')
      record(tx, 'staff.invited', { objectType: 'invitation', objectId: made.id, after: { email, role } })
      return viewOf(made)
    },
    { stepUp: true },
  )

const renewInvitation = (tokenHash: string) =>
  command(
    'team:write',
    InvitationRef,
    async (tx, { invitationId }): Promise<InvitationView> => {
      const before = await ownInvitation(tx, invitationId)
      const expiresAt = new Date(tx.now().getTime() + LIFE_MS)
      await tx.writer.update(oneTimeLinks).set({ tokenHash, expiresAt }).where(eq(oneTimeLinks.id, before.id))
      const what = { before: { expiresAt: before.expiresAt }, after: { expiresAt } }
      record(tx, 'staff.invited', { objectType: 'invitation', objectId: before.id, ...what })
      return viewOf({ ...before, expiresAt })
    },
    { stepUp: true },
  )

async function ownInvitation(tx: Tx, id: number): Promise<Row> {
  const [row] = await tx.writer
    .select()
    .from(oneTimeLinks)
    .where(and(eq(oneTimeLinks.id, id), openOnes(tx.merchantId)))
  if (!row) fail('LINK_NOT_FOUND', { invitationId: String(id) })
  if (row.role) mayGrant(tx, row.role)
  return row
}

export type Invited = {
  invitation: InvitationView /** Shown once; whoever has it may join. */
  link: string
  mailed: boolean
}

async function deliver(ctx: Ctx, invitation: InvitationView, token: string, merchantId: number): Promise<Invited> {
  const link = `${env.publicUrl}/invite/${token}`
  const [merchant = ''] = await namesAt(ctx, merchantId)
  const mailed = await sendMail({
    to: { name: '', address: invitation.email },
    subject: `${ctx.actor.name} invites you to ${merchant} on Clientele`,
    text: `${ctx.actor.name} invites you to work at ${merchant} as ${invitation.role}.\n\nOpen this link within seven days. It works once.\n\n${link}\n`,
  })
  return { invitation, link, mailed }
}

/** Invites an address. The link is mailed when a mail server is set, and always returned, once. */
export async function inviteStaff(ctx: Ctx, input: z.input<typeof Invitation>): Promise<Invited> {
  const token = randomToken(32)
  const invitation = await storeInvitation(sha256(token))(ctx, input)
  return deliver(ctx, invitation, token, input.merchantId ?? ctx.merchantId)
}

/** A new link for seven more days; the old one stops working. */
export async function resendInvitation(ctx: Ctx, input: z.input<typeof InvitationRef>): Promise<Invited> {
  const token = randomToken(32)
  return deliver(ctx, await renewInvitation(sha256(token))(ctx, input), token, ctx.merchantId)
}

/** The link stops working at once. */
export const withdrawInvitation = command(
  'team:write',
  InvitationRef,
  async (tx, { invitationId }) => {
    const row = await ownInvitation(tx, invitationId)
    await tx.writer.delete(oneTimeLinks).where(eq(oneTimeLinks.id, row.id))
    const before = { email: row.email, role: row.role }
    record(tx, 'staff.invitation.withdrawn', { objectType: 'invitation', objectId: row.id, before })
  },
  { stepUp: true },
)

export type OpenInvitation = InvitationView & { merchantId: number; merchantName: string; hasAccount: boolean }

async function openInvitation(on: Reader, token: string, now: Date): Promise<OpenInvitation | undefined> {
  const [found] = await on
    .select({ link: oneTimeLinks, merchantName: merchants.name })
    .from(oneTimeLinks)
    .innerJoin(merchants, eq(merchants.id, oneTimeLinks.merchantId))
    .where(
      and(
        eq(oneTimeLinks.tokenHash, sha256(token)),
        eq(oneTimeLinks.kind, 'invitation'),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, now),
      ),
    )
  if (!found?.link.merchantId) return undefined
  const view = viewOf(found.link)
  const [account] = await on
    .select({ id: staff.id })
    .from(staff)
    .where(eq(staff.emailFolded, foldEmail(view.email)))
  return {
    ...view,
    merchantId: found.link.merchantId,
    merchantName: found.merchantName,
    hasAccount: account !== undefined,
  }
}

/** What the holder of a link is invited to; undefined for a link that was used, has expired or never existed. */
export const findInvitation = (token: string, now = new Date()): Promise<OpenInvitation | undefined> =>
  openInvitation(db().read, token, now)

type Joining = { passwordHash: string; name: string } | { staffId: number; ticket: Parameters<typeof forgive>[1] }

const join = (token: string, joining: Joining) =>
  command(null, z.strictObject({}), async (tx) => {
    const [used] = await tx.writer
      .update(oneTimeLinks)
      .set({ usedAt: tx.now() })
      .where(
        and(
          eq(oneTimeLinks.tokenHash, sha256(token)),
          isNull(oneTimeLinks.usedAt),
          gt(oneTimeLinks.expiresAt, tx.now()),
        ),
      )
      .returning()
    if (!used?.merchantId || !used.role || !used.email) return fail('LINK_NOT_FOUND', {})
    if ('ticket' in joining) await forgive(tx.writer, joining.ticket)
    const staffId = 'staffId' in joining ? joining.staffId : await addStaff(tx, { ...joining, email: used.email })
    await addMembership(tx, staffId, used.merchantId, used.role)
    return { staffId, email: used.email }
  })

/**
 * Accepts an invitation: with a name and a new password, or, when the address has an account already, with that
 * account's password. Throws LINK_NOT_FOUND, PASSWORD_REFUSED, CREDENTIALS_INVALID. Returns the address to sign in with.
 */
export async function acceptInvitation(input: z.input<typeof Acceptance>, caller: Caller): Promise<{ email: string }> {
  const { token, name, password } = parsed(Acceptance, input)
  const now = caller.now ?? (() => new Date())
  const invitation = await findInvitation(token, now())
  if (!invitation) return fail('LINK_NOT_FOUND', {})
  const ctx = {
    ...systemCtx(invitation.merchantId, new Set(PERMISSIONS), now),
    ip: caller.ip,
    ...(caller.requestId && { requestId: caller.requestId }),
  }
  if (invitation.hasAccount) {
    const { person, ticket } = await checkAccount(invitation.email, password, caller)
    const actor = { type: 'staff' as const, id: person.id, name: person.name }
    return join(token, { staffId: person.id, ticket })({ ...ctx, actor }, {})
  }
  if (!name) return invalid('name', 'REQUIRED', 'is required')
  const accepted = acceptablePassword(password, [invitation.merchantName, name, invitation.email])
  return join(token, { name, passwordHash: await hashPassword(accepted) })(ctx, {})
}
