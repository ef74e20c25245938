// For the few functions that must work before their command opens a transaction: hashing, above all.
import type { z } from 'zod'
import { fail } from '../core/errors.ts'
import { problems } from '../core/verb.ts'

/** The parsed input, or VALIDATION_ERROR with every wrong field, as a verb would answer. */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  return result.success ? result.data : fail('VALIDATION_ERROR', { fields: problems(result.error) })
}
