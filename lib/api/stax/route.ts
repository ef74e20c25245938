// A route of the Stax API: one declaration makes the handler and the OpenAPI operation.
import type { z } from '@hono/zod-openapi'
import type { Ctx } from '../../core/ctx.ts'
import type { Permission } from '../../core/permissions.ts'
import type { Answer, ApiContext } from '../http.ts'

export type Call = {
  c: ApiContext
  ctx: Ctx
  /** The members of the body; none where there is no body. */
  body: Record<string, unknown>
  query: URLSearchParams
  /** The key was made for existing clients of the vendor: 200 for a create, 422 for wrong input. */
  compat: boolean
}

export type Route = {
  method: 'get' | 'post' | 'put' | 'delete'
  /** Below the mount: `/customer/{id}`. */
  path: `/${string}`
  summary: string
  description?: string
  tag: string
  permission: Permission
  query?: z.ZodObject
  body?: z.ZodType
  bodyExample?: unknown
  answer: z.ZodType
  status?: number
  /** What else may be answered, by status. */
  refusals: Record<number, string>
  /** The one call that takes a card number: it looks at the body before anything is kept and returns what may be. */
  withoutCard?: (body: Record<string, unknown>) => Record<string, unknown>
  run: (call: Call) => Promise<Answer>
}

export const param = (call: Call, name: string): string => call.c.req.param(name) ?? ''
