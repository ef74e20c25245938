// A body through its schema; what does not fit is told like any other refusal.
import type { z } from '@hono/zod-openapi'
import { fail } from '../../core/errors.ts'
import { problems } from '../../core/verb.ts'

export function parseWire<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body)
  return parsed.success ? parsed.data : fail('VALIDATION_ERROR', { fields: problems(parsed.error) })
}
