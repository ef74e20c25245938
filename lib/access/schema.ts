// What access is made of: people, keys and what may be asked for (zod only, browser-safe).
import { z } from 'zod'
import { isPermission, ROLES } from '../core/permissions.ts'
import { codePoints } from '../core/text.ts'
import { email, text } from '../customers/values.ts'

export const PASSWORD_MIN = 15
export const PASSWORD_MAX = 128

/** A new password: its length in code points after NFC. Whether it is easy to guess, the server says. */
export const NewPassword = z
  .string()
  .overwrite((text) => text.normalize('NFC'))
  .refine((text) => codePoints(text) >= PASSWORD_MIN, {
    message: `must be at least ${PASSWORD_MIN} characters`,
    params: { code: 'TOO_SHORT' },
  })
  .refine((text) => codePoints(text) <= PASSWORD_MAX, {
    message: `must be at most ${PASSWORD_MAX} characters`,
    params: { code: 'TOO_LONG' },
  })

export const PersonName = text(100, { required: true })
export const StaffEmail = email(255)
export const StaffRole = z.enum(ROLES)

const id = z.number().int().positive()
/** Without `merchantId` the caller's own merchant is meant; another must lie in its subtree. */
const Place = { merchantId: id.optional() }

export const StaffRef = z.strictObject({ staffId: id })
export const MemberRef = z.strictObject({ staffId: id, ...Place })
export const StaffSearch = z.strictObject({ tree: z.boolean().default(false) })
export const RoleOf = z.strictObject({ staffId: id, role: StaffRole, ...Place })
export const Invitation = z.strictObject({ email: StaffEmail, role: StaffRole, ...Place })
export const InvitationRef = z.strictObject({ invitationId: id })
export const Acceptance = z.strictObject({
  token: z.string().min(1).max(200),
  name: PersonName.optional(),
  password: z.string().max(1000),
})
export const NewStaff = z.strictObject({
  name: PersonName,
  email: StaffEmail,
  role: StaffRole,
  password: NewPassword,
  ...Place,
})

export const SessionSearch = z.strictObject({ staffId: id.optional() })
export const SessionRef = z.strictObject({ sessionId: id, staffId: id.optional() })

export const Scope = z.string().refine((text) => text === '*' || isPermission(text), {
  message: 'is not a known permission',
  params: { code: 'VALUE_UNKNOWN' },
})
const Scopes = z.array(Scope).min(1).max(100)

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!\/|$)|(?=\/|$))){4}(?:\/(?:3[0-2]|[12]?\d))?$/
const IPV6 = /^(?=[^/]*:[^/]*:)[0-9a-f:.]{2,45}(?:\/(?:12[0-8]|1[01]\d|[1-9]?\d))?$/i

/** An address or a network in CIDR notation, `203.0.113.0/24` or `2001:db8::/32`. The server checks IPv6 in full. */
export const Network = z
  .string()
  .trim()
  .refine((text) => IPV4.test(text) || IPV6.test(text), {
    message: 'must be an IP address or a network such as 203.0.113.0/24',
    params: { code: 'FORMAT_INVALID' },
  })

const keyFields = {
  name: text(100, { required: true }),
  networks: z.array(Network).max(50),
  /** ISO 8601 with zone; null never expires. */
  expiresAt: z.iso.datetime({ offset: true }).nullable(),
  compatStatus200: z.boolean(),
}
export const NewApiKey = z.strictObject({
  name: keyFields.name,
  scopes: Scopes,
  networks: keyFields.networks.default([]),
  expiresAt: keyFields.expiresAt.default(null),
  compatStatus200: keyFields.compatStatus200.default(false),
})
export const ApiKeyRef = z.strictObject({ keyId: id })
export const ApiKeyPatch = z.strictObject({
  keyId: id,
  name: keyFields.name.optional(),
  networks: keyFields.networks.optional(),
  expiresAt: keyFields.expiresAt.optional(),
  compatStatus200: keyFields.compatStatus200.optional(),
  expectedVersion: z.number().int().optional(),
})
export const KEEP_OLD_HOURS = { '0h': 0, '24h': 24, '7d': 168 } as const
export const ApiKeyRoll = z.strictObject({ keyId: id, keepOld: z.enum(['0h', '24h', '7d']).default('24h') })
export const ApiKeySearch = z.strictObject({
  state: z.enum(['active', 'all']).default('all'),
  limit: z.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1000).optional(),
})
export const OauthClientRef = z.strictObject({ oauthClientId: id })
export const NewOauthClient = z.strictObject({ name: keyFields.name, scopes: Scopes })
