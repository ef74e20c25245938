// What the dashboard's frame knows of the person in front of it.
import { db } from '#db/client'
import type { Ctx } from '../core/ctx.ts'
import type { Permission, Role } from '../core/permissions.ts'
import { pathOf, reachable, reachOf, rolesAt } from './reach.ts'
import type { Session } from './sessions.ts'

export type Viewer = {
  staff: { id: number; name: string; email: string; preferences: Record<string, unknown> }
  merchantId: number
  /** Every merchant in reach; a parent outside of the reach is null. */
  merchants: { id: number; name: string; parentId: number | null }[]
  /** The roles held at `merchantId`, the strongest first. */
  roles: Role[]
  permissions: Permission[]
}

/** The person of a session at the merchant of `ctx`. */
export async function viewerOf(session: Session, ctx: Ctx): Promise<Viewer> {
  const { read } = db()
  const reach = await reachOf(read, session.staffId)
  const { staffId: id, name, email, preferences } = session
  return {
    staff: { id, name, email, preferences },
    merchantId: ctx.merchantId,
    merchants: await reachable(read, reach),
    roles: rolesAt(reach, (await pathOf(read, ctx.merchantId)) ?? ''),
    permissions: [...ctx.permissions],
  }
}
