// Who is calling, for which merchant, in which request. Made at the edges (API, session, worker) and nowhere else.
import { type Database, db } from '#db/client'
import type { Permission, Role } from './permissions.ts'

export type Actor = {
  type: 'staff' | 'key' | 'client' | 'connector' | 'system'
  id: number | null
  name: string
  role?: Role
}

export type Ctx = {
  db: Database
  merchantId: number
  actor: Actor
  permissions: ReadonlySet<Permission>
  requestId: string
  ip: string | null
  /** When a staff member last proved who they are; null for keys, which need no fresh proof. */
  provenAt: Date | null
  now: () => Date
  /** The open transaction that commands join; set by `command` only. */
  tx?: import('./verb.ts').Tx
}

export const can = (ctx: Pick<Ctx, 'permissions'>, permission: Permission): boolean => ctx.permissions.has(permission)

/** The context of the program itself at one merchant: demo, worker, first start. */
export function systemCtx(merchantId: number, permissions: ReadonlySet<Permission>, now = () => new Date()): Ctx {
  const actor: Actor = { type: 'system', id: null, name: 'Clientele' }
  return { db: db(), merchantId, actor, permissions, requestId: 'req_system', ip: null, provenAt: null, now }
}
