// A route of the Clientele API: what it is called, what it needs, what it takes and answers. The same declaration makes
// the Hono handler and the OpenAPI operation.
import type { z } from '@hono/zod-openapi'
import type { Ctx } from '../../core/ctx.ts'
import type { ErrorCode } from '../../core/errors.ts'
import type { Permission } from '../../core/permissions.ts'
import type { Answer, ApiContext, RequestHeaders } from '../http.ts'

/** What every route gets of a request, before anybody is known. */
export type OpenCall = {
  c: ApiContext
  /** `/api`, or the vendor's base `/api/ipg/2.0.0`: what `Location` begins with. */
  mount: string
  path: string
  /** The query string with its `?`, or nothing. */
  search: string
  headers: RequestHeaders
  requestId: string
  ip: string | null
  /** The parsed body of a route that takes one. */
  body: unknown
  /** Media type of the body, lower case. */
  bodyType: string
  /** Type and id of whoever calls, for the request log. */
  caller: string
}
export type Call = OpenCall & {
  ctx: Ctx
  /** True when an earlier request with the same Idempotency-Key began this and never finished. */
  again?: boolean
}

type Example = { summary: string; value: unknown }

type Declared = {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** OpenAPI path below the mount: `/customers/{id}`. */
  path: `/${string}`
  summary: string
  description?: string
  tag: string
  query?: z.ZodObject
  body?: z.ZodType
  /** What a route takes as `application/x-www-form-urlencoded`; its `call.body` is the form's text. */
  form?: z.ZodObject
  bodyExamples?: Record<string, Example>
  /** The answer's schema; null for one without a body. */
  answer: z.ZodType | null
  answerExample?: unknown
  /** 200, or what the route answers instead. */
  status?: number
  errors: readonly ErrorCode[]
  /** False where the body may be left out. */
  bodyRequired?: boolean
  /** A patch document may be sent as well. */
  patch?: boolean
  /** The one kind of route whose body may hold a card number: a published test number, on its way to a token. */
  takesTestNumber?: boolean
}

export type OpenRoute = Declared & { open: true; run: (call: OpenCall) => Promise<Answer> }
export type GuardedRoute = Declared & {
  open?: false
  /** Read off the verb that the route runs; null for any valid credential. */
  permission: Permission | null
  /** A POST that changes nothing; its answers are not kept under an Idempotency-Key. */
  safe?: boolean
  /** It calls a gateway, so no transaction of the database spans it. */
  callsOut?: boolean
  run: (call: Call) => Promise<Answer>
}
export type Route = OpenRoute | GuardedRoute

/** A parameter of the path, decoded. */
export const param = (call: OpenCall, name: string): string => call.c.req.param(name) ?? ''

/** One that is only looked for: NUL, which no stored text has and one database refuses to look for, cannot match. */
export const identityParam = (call: OpenCall, name: string): string => param(call, name).replaceAll('\0', '\ufffd')
