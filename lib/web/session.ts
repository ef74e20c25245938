// The signed-in person, for pages and actions. One look-up per request, however many pieces of a page ask.
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { type Viewer, viewerOf } from '../access/viewer.ts'
import type { Ctx } from '../core/ctx.ts'
import { appError } from '../core/errors.ts'
import { newRequestId } from '../core/ids.ts'
import { addressIn, ctxFor, sessionIn } from './cookie.ts'

const request = cache(async () => {
  const all = await headers()
  return { headers: all, requestId: newRequestId(), ip: addressIn(all) }
})
const session = cache(async () => sessionIn((await request()).headers))

/** The address of this page, as proxy.ts noted it, with its query. */
const addressOfPage = async (): Promise<string> => (await request()).headers.get('x-clientele-path') ?? '/'

const merchantInAddress = async (): Promise<string | undefined> =>
  new URL(await addressOfPage(), 'http://own.invalid').searchParams.get('m') ?? undefined

/** undefined: nobody is signed in; null: the merchant is out of reach. */
const contextAt = cache(async (m: string | undefined): Promise<Ctx | null | undefined> => {
  const current = await session()
  if (!current) return undefined
  try {
    return await ctxFor(current, m, await request())
  } catch (err) {
    if (appError(err)?.code === 'MERCHANT_NOT_FOUND') return null
    throw err
  }
})

type Search = { m?: string | string[] | undefined }

/**
 * The context of the signed-in staff member at merchant `m` of the address, without it at the one used last. Goes to
 * the sign-in, and back here afterwards, when nobody is signed in; an unreachable merchant is an ordinary 404.
 */
export async function pageCtx(searchParams?: Search): Promise<Ctx> {
  const given = searchParams ? searchParams.m : await merchantInAddress()
  const ctx = await contextAt(Array.isArray(given) ? given[0] : given)
  if (ctx === undefined) redirect(`/sign-in?next=${encodeURIComponent(await addressOfPage())}`)
  if (ctx === null) notFound()
  return ctx
}

/** Who looks at the page, at merchant `m` or that of the address; at the one used last when that is out of reach. */
export async function viewer(m?: string): Promise<Viewer | undefined> {
  const current = await session()
  if (!current) return undefined
  const ctx = (await contextAt(m ?? (await merchantInAddress()))) ?? (await contextAt(undefined))
  return ctx ? viewerOf(current, ctx) : undefined
}
