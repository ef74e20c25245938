// Who looks at a page, at which merchant: what every page of the dashboard asks first.
import { cache } from 'react'
import type { Ctx } from '#lib/core/ctx'
import type { Permission } from '#lib/core/permissions'
import { pageCtx, viewer } from '#lib/web/session'

type Params = Readonly<Record<string, string | string[] | undefined>>

export type PageDesk = {
  ctx: Ctx
  m: number
  /** The merchant's name. */
  merchant: string
  permissions: Permission[]
  preferences: Record<string, unknown>
}

const look = cache(async (m: string | undefined): Promise<PageDesk> => {
  const ctx = await pageCtx(m === undefined ? {} : { m })
  const who = await viewer()
  const merchant = who?.merchants.find(({ id }) => id === ctx.merchantId)?.name ?? 'Clientele'
  return {
    ctx,
    m: ctx.merchantId,
    merchant,
    permissions: [...ctx.permissions],
    preferences: who?.staff.preferences ?? {},
  }
})

/** The same answer for the page, its title and its parts. Leads to the sign-in, or to the ordinary 404, by itself. */
export const deskOf = (params: Params): Promise<PageDesk> => look([params.m].flat()[0])
