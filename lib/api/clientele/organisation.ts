// Merchants, people and roles.
import { z } from '@hono/zod-openapi'
import { type Invited, inviteStaff } from '../../access/invitations.ts'
import { StaffRole } from '../../access/schema.ts'
import { listStaff, type MemberView } from '../../access/team.ts'
import { ROLE_SENTENCES, ROLES, rolePermissions } from '../../core/permissions.ts'
import { email } from '../../customers/values.ts'
import { listMerchants, type MerchantView } from '../../merchants/queries.ts'
import { type Answer, json } from '../http.ts'
import { parseBody } from './customer-write.ts'
import { listAnswer, listOf, onePage } from './lists.ts'
import { refuseParameters } from './query.ts'
import type { Call, GuardedRoute } from './route.ts'
import { Id, Instant } from './wire.ts'

const textOrNull = z.string().nullable()

const MerchantAnswer = z
  .object({
    id: Id,
    merchantUuid: z.string(),
    name: z.string(),
    parentId: Id.nullable(),
    country: textOrNull,
    currency: z.string(),
    timeZone: z.string(),
    duplicatePolicy: z.enum(['allow', 'warn', 'reject']),
    requireIfMatch: z.boolean(),
    defaultContainerId: Id.nullable(),
    version: z.int(),
    createDate: Instant,
    updateDate: Instant,
    archivedAt: Instant.nullable(),
  })
  .openapi('Merchant')

const toMerchant = (found: MerchantView): z.output<typeof MerchantAnswer> =>
  MerchantAnswer.parse({
    ...found,
    createDate: found.createdAt.toISOString(),
    updateDate: found.updatedAt.toISOString(),
    archivedAt: found.archivedAt?.toISOString() ?? null,
  })

async function merchants(call: Call): Promise<Answer> {
  refuseParameters(call)
  return listAnswer(call, MerchantAnswer, onePage((await listMerchants(call.ctx, {})).map(toMerchant)))
}

const UserAnswer = z
  .object({
    id: Id,
    email: z.string(),
    name: z.string(),
    role: StaffRole,
    memberships: z.array(z.object({ merchantId: Id, merchantName: z.string(), role: StaffRole })),
    suspendedAt: Instant.nullable(),
    lastSeenAt: Instant.nullable(),
    version: z.int(),
    createDate: Instant,
  })
  .openapi('User')

const toUser = (call: Call, found: MemberView): z.output<typeof UserAnswer> =>
  UserAnswer.parse({
    ...found,
    role: (found.memberships.find(({ merchantId }) => merchantId === call.ctx.merchantId) ?? found.memberships[0])
      ?.role,
    suspendedAt: found.suspendedAt?.toISOString() ?? null,
    lastSeenAt: found.lastSeenAt?.toISOString() ?? null,
    createDate: found.createdAt.toISOString(),
  })

async function users(call: Call): Promise<Answer> {
  refuseParameters(call)
  return listAnswer(call, UserAnswer, onePage((await listStaff(call.ctx, {})).map((found) => toUser(call, found))))
}

const InviteBody = z
  .strictObject({ email: email(255), role: StaffRole, merchantId: z.int().positive().optional() })
  .openapi('Invite')
const InvitationAnswer = z
  .object({
    id: Id,
    email: z.string(),
    role: StaffRole,
    invitedBy: z.string(),
    createDate: Instant,
    expiresAt: Instant,
    link: z.string().openapi({ description: 'Shown this once; whoever has it may join.' }),
    mailed: z.boolean(),
  })
  .openapi('Invitation')

const toInvitation = ({ invitation, link, mailed }: Invited): z.output<typeof InvitationAnswer> =>
  InvitationAnswer.parse({
    ...invitation,
    createDate: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
    link,
    mailed,
  })

async function invite(call: Call): Promise<Answer> {
  refuseParameters(call)
  const invited = await inviteStaff(call.ctx, parseBody(InviteBody, call.body))
  return json(toInvitation(invited), 200, { 'Cache-Control': 'no-store' })
}

const RoleAnswer = z
  .object({ name: StaffRole, description: z.string(), permissions: z.array(z.string()) })
  .openapi('Role')

async function roles(call: Call): Promise<Answer> {
  refuseParameters(call)
  const data = ROLES.map((name) => ({
    name,
    description: ROLE_SENTENCES[name],
    permissions: [...rolePermissions(name)],
  }))
  return listAnswer(call, RoleAnswer, onePage(data))
}

const ORGANISATION = 'Organisation'

export const ORGANISATION_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/merchants',
    summary: 'List merchants',
    description: 'From the caller down.',
    tag: ORGANISATION,
    permission: listMerchants.permission,
    answer: listOf(MerchantAnswer),
    errors: ['QUERY_INVALID'],
    run: merchants,
  },
  {
    method: 'get',
    path: '/users',
    summary: 'List the team',
    tag: ORGANISATION,
    permission: listStaff.permission,
    answer: listOf(UserAnswer),
    errors: ['QUERY_INVALID'],
    run: users,
  },
  {
    method: 'post',
    path: '/users',
    summary: 'Invite somebody',
    description: 'The link is mailed when a mail server is set, and always answered, once.',
    tag: ORGANISATION,
    permission: 'team:write',
    // A mail cannot be taken back with a transaction, so the answer is not kept under an Idempotency-Key.
    safe: true,
    body: InviteBody,
    bodyExamples: { invite: { summary: 'A colleague', value: { email: 'ines@example.com', role: 'support' } } },
    answer: InvitationAnswer,
    errors: [
      'VALIDATION_ERROR',
      'JSON_MALFORMED',
      'MEDIA_TYPE_UNSUPPORTED',
      'MEMBERSHIP_EXISTS',
      'MERCHANT_NOT_FOUND',
      'STEP_UP_REQUIRED',
    ],
    run: invite,
  },
  {
    method: 'get',
    path: '/roles',
    summary: 'List roles',
    tag: ORGANISATION,
    permission: 'team:read',
    answer: listOf(RoleAnswer),
    errors: ['QUERY_INVALID'],
    run: roles,
  },
]
