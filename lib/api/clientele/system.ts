// The audit trail, and the probes of whoever watches the server.
import { z } from '@hono/zod-openapi'
import { type AuditEvent, listAuditEvents } from '../../audit/queries.ts'
import { AuditSearch } from '../../audit/schema.ts'
import { productVersion, readiness } from '../../core/health.ts'
import { type Answer, json } from '../http.ts'
import { listAnswer, listOf } from './lists.ts'
import { dateOf, idsOf, limitOf, type Parameters, parametersOf, parseParameters, refuseUnknown } from './query.ts'
import { PageQuery } from './query-wire.ts'
import type { Call, GuardedRoute, OpenRoute } from './route.ts'
import { Id, Instant } from './wire.ts'

const AuditAnswer = z
  .object({
    id: Id,
    seq: z.int(),
    at: Instant,
    actor: z.object({ type: z.string(), id: Id.nullable(), name: z.string() }),
    action: z.string(),
    objectType: z.string(),
    objectId: z.string(),
    customerId: Id.nullable(),
    fields: z.array(z.string()).nullable(),
    changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })).nullable(),
    requestId: z.string(),
    ip: z.string().nullable(),
  })
  .openapi('AuditEvent')

const toAudit = (found: AuditEvent): z.output<typeof AuditAnswer> =>
  AuditAnswer.parse({
    ...found,
    at: found.at.toISOString(),
    actor: { type: found.actorType, id: found.actorId, name: found.actorName },
  })

const AUDIT_PARAMETERS = new Set([
  'actor',
  'action',
  'objectType',
  'objectId',
  'customerId',
  'requestId',
  'at[gte]',
  'at[lte]',
  'kind',
  'limit',
  'cursor',
])

function auditSearchOf(parameters: Parameters): z.input<typeof AuditSearch> {
  refuseUnknown(parameters, AUDIT_PARAMETERS)
  const text = (name: string) => parameters.get(name)?.text
  const time = (name: string) => (text(name) === undefined ? undefined : dateOf(name, text(name) ?? ''))
  return {
    actor: text('actor'),
    action: parameters.get('action')?.list,
    objectType: parameters.get('objectType')?.list,
    objectId: text('objectId'),
    customerId: idsOf(parameters, 'customerId')?.[0],
    requestId: text('requestId'),
    from: time('at[gte]'),
    to: time('at[lte]'),
    kind: text('kind') as 'all' | undefined,
    limit: limitOf(parameters),
    cursor: text('cursor'),
  }
}

async function audit(call: Call): Promise<Answer> {
  const page = await listAuditEvents(call.ctx, parseParameters(AuditSearch, auditSearchOf(parametersOf(call))))
  return listAnswer(call, AuditAnswer, { ...page, data: page.data.map(toAudit) })
}

const text = (description: string) => z.string().optional().openapi({ description })
const AuditQuery = PageQuery.extend({
  actor: text("Part of the actor's name."),
  action: text('Actions such as `customer.updated`, joined by commas.'),
  objectType: text('Kinds of objects, joined by commas.'),
  objectId: text('Id of the object.'),
  customerId: text('Everything about one customer.'),
  requestId: text('Everything that one request did.'),
  'at[gte]': text('From this day or instant on.'),
  'at[lte]': text('Up to this day or instant.'),
  kind: z.enum(['all', 'reads', 'changes']).optional(),
})

export const AUDIT_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/audit-events',
    summary: 'Read the audit trail',
    description: 'Newest first. Reading it is audited too.',
    tag: 'Audit',
    permission: listAuditEvents.permission,
    query: AuditQuery,
    answer: listOf(AuditAnswer),
    errors: ['QUERY_INVALID', 'CURSOR_INVALID'],
    run: audit,
  },
]

const status = z.enum(['pass', 'warn', 'fail'])
const PROBE = { tag: 'System', method: 'get', open: true, errors: [] } as const

export const SYSTEM_ROUTES: readonly OpenRoute[] = [
  {
    ...PROBE,
    path: '/health/live',
    summary: 'Is the process alive',
    description: 'Depends on nothing.',
    answer: z.object({ status }),
    run: async () => json({ status: 'pass' }, 200, { 'Cache-Control': 'no-store' }),
  },
  {
    ...PROBE,
    path: '/health/ready',
    summary: 'Can it do its work',
    description: '503 when it cannot.',
    answer: z.object({ status, version: z.string(), checks: z.record(z.string(), status) }),
    run: async () => {
      const health = await readiness()
      return json(health, health.status === 'fail' ? 503 : 200, { 'Cache-Control': 'no-store' })
    },
  },
  {
    ...PROBE,
    path: '/version',
    summary: 'The version served',
    answer: z.object({ name: z.string(), version: z.string() }),
    run: async () => json({ name: 'Clientele', version: productVersion() }),
  },
]
