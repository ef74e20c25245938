import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '#lib/web/auth-options'
import { isOwnOrigin } from '#lib/web/origin'

type Context = { params: Promise<{ nextauth: string[] }> }

/** All that the sign-in uses; next-auth's own pages and endpoints beyond it do not exist here. */
const READS = new Set(['csrf', 'providers', 'session', 'signin', 'signout', 'error'])
const WRITES = new Set(['callback/credentials', 'signout'])

const notThere = () => new Response(null, { status: 404 })

export async function GET(req: NextRequest, context: Context): Promise<Response> {
  const action = (await context.params).nextauth.join('/')
  if (!READS.has(action)) return notThere()
  const res: Response = await NextAuth(authOptions())(req, context)
  res.headers.set('Cache-Control', 'no-store')
  return res
}

/** A wrong password is an answer, not a failed request: the page shows it, and browsers log every 401 as an error. */
function answered(res: Response): Response {
  const isAnswer = res.status === 401 && res.headers.get('content-type')?.startsWith('application/json')
  return new Response(res.body, { status: isAnswer ? 200 : res.status, headers: res.headers })
}

export async function POST(req: NextRequest, context: Context): Promise<Response> {
  const action = (await context.params).nextauth.join('/')
  if (!WRITES.has(action)) return notThere()
  if (!isOwnOrigin(req.headers)) return Response.json({ error: 'ORIGIN_REFUSED' }, { status: 403 })
  const res = answered(await NextAuth(authOptions())(req, context))
  res.headers.set('Cache-Control', 'no-store')
  if (action === 'signout') res.headers.set('Clear-Site-Data', '"cache", "storage"')
  return res
}
