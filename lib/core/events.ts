// Names of what can happen, and what downstream systems are told of it. An audited action without an entry in EVENTS
// stays inside.
import { z } from 'zod'

export type ObjectType =
  | 'customer'
  | 'note'
  | 'profile'
  | 'instrument'
  | 'container'
  | 'connector'
  | 'transaction'
  | 'merchant'
  | 'staff'
  | 'membership'
  | 'session'
  | 'api_key'
  | 'oauth_client'
  | 'invitation'
  | 'search'
  | 'settings'
  | 'job'
  | 'webhook'

const Change = z.object({ changedFields: z.array(z.string()), version: z.number().int() })

export const EVENTS = {
  'customer.created': Change,
  'customer.updated': Change,
  'customer.archived': Change,
  'customer.restored': Change,
  'customer.merged': Change,
  'customer.unmerged': Change,
  'customer.note.created': Change,
  'consent.given': Change,
  'consent.withdrawn': Change,
  'profile.created': Change,
  'profile.updated': Change,
  'profile.deleted': Change,
  'profile.linked': Change,
  'profile.unlinked': Change,
  'instrument.attached': Change,
  'instrument.updated': Change,
  'instrument.preferred': Change,
  'instrument.detached': Change,
  'transaction.created': Change,
  'transaction.updated': Change,
  'container.updated': Change,
  'connector.updated': Change,
  'merchant.updated': Change,
} satisfies Record<string, z.ZodType>

export type EventType = keyof typeof EVENTS

export type AuditAction =
  | EventType
  | 'customer.read'
  | 'customer.note.updated'
  | 'customer.note.deleted'
  | 'customers.searched'
  | 'instruments.read'
  | 'audit.read'
  | 'profile.read'
  | 'container.created'
  | 'container.deleted'
  | 'connector.created'
  | 'connector.rotated'
  | 'connector.members.changed'
  | 'connector.gateway.set'
  | 'gateway_token.created'
  | 'transaction.read'
  | 'merchant.created'
  | 'staff.created'
  | 'staff.updated'
  | 'staff.removed'
  | 'staff.suspended'
  | 'staff.resumed'
  | 'staff.invited'
  | 'staff.invitation.withdrawn'
  | 'staff.preferences.updated'
  | 'membership.set'
  | 'membership.removed'
  | 'session.started'
  | 'session.ended'
  | 'session.proven'
  | 'session.merchant.changed'
  | 'api_key.created'
  | 'api_key.updated'
  | 'api_key.rolled'
  | 'api_key.revoked'
  | 'oauth_client.created'
  | 'oauth_client.revoked'
  | 'oauth_client.refused'
  | 'oauth_token.issued'
  | 'oauth_token.revoked'
  | 'sign_in.refused'
  | 'retention.swept'
  | 'webhook.created'
  | 'webhook.deleted'
