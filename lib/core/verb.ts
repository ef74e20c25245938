// The two functions that are the architecture: a `command` changes facts, a `query` reads them. Both check the
// permission and parse the input; a command runs in a transaction and commits only when something was recorded.
import type { z } from 'zod'
import type { Reader, Writer } from '#db/client'
import { violation } from '#db/errors'
import { fieldFaults } from '../customers/issues.ts'
import { findCardData } from './card-guard.ts'
import type { Ctx } from './ctx.ts'
import { AppError, type FieldProblem, fail } from './errors.ts'
import type { Permission } from './permissions.ts'
import { flushRecords, type Recorded, unchanged } from './record.ts'

/** A Ctx with an open transaction. Commands called with it join it. */
export type Tx = Ctx & { writer: Writer; recorded: Recorded }
/** A Ctx to read with: the read-only connection, or inside a command the transaction itself. */
export type Read = Ctx & { reader: Reader }

export type Verb<S extends z.ZodType, R> = {
  (ctx: Ctx, input: z.input<S>): Promise<R>
  kind: 'command' | 'query'
  permission: Permission | null
  schema: S
}

/** Ids and versions are judged by their type; texts and everything nested go through the card data guard. */
function refuseCardData(input: unknown): void {
  if (typeof input !== 'object' || input === null) return
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === 'number') continue
    const found = findCardData({ [name]: value })
    if (found)
      fail('CARD_NUMBER_REFUSED', {
        fields: [
          {
            path: found.path.slice(1).replaceAll('/', '.'),
            code: 'CARD_NUMBER_REFUSED',
            message: 'must not hold card data',
          },
        ],
      })
  }
}

type Options = {
  /** The input holds secrets of our own making (passwords, tokens), which may look like anything. */
  secrets?: boolean

  /** Needs a proof of the caller's password younger than five minutes, when the caller is a person. */
  stepUp?: boolean
}

const STEP_UP_MS = 5 * 60_000

/** Turns zod's issues into our field problems. */
export const problems = (error: z.ZodError): FieldProblem[] =>
  fieldFaults(error).map(({ field, code, message }) => ({ path: field, code, message }))

function parse<S extends z.ZodType>(schema: S, input: z.input<S>): z.output<S> {
  const parsed = schema.safeParse(input)
  if (!parsed.success) fail('VALIDATION_ERROR', { fields: problems(parsed.error) })
  return parsed.data
}

function authorize(ctx: Ctx, permission: Permission | null, options: Options): void {
  if (permission && !ctx.permissions.has(permission)) fail('PERMISSION_MISSING', { permission })
  const proof = options.stepUp && ctx.actor.type === 'staff' ? ctx.provenAt : undefined
  if (proof === null || (proof && ctx.now().getTime() - proof.getTime() > STEP_UP_MS)) fail('STEP_UP_REQUIRED')
}

/** The transaction fell over the engine, not over a rule: says what can be said of it. */
export function translate(err: unknown): unknown {
  const kind = violation(err)?.kind
  if (kind === 'busy') return new AppError('WRITER_BUSY', {}, err)
  if (kind === 'full') return new AppError('STORAGE_FULL', {}, err)
  return err
}

/**
 * A change. `permission` null means any valid caller (the run decides). Throws AppError; a failure leaves no trace.
 * Hash passwords and call gateways before, never inside: the run holds SQLite's one writer.
 */
export function command<S extends z.ZodType, R>(
  permission: Permission | null,
  schema: S,
  run: (tx: Tx, input: z.output<S>) => Promise<R>,
  options: Options = {},
): Verb<S, R> {
  const verb = async (ctx: Ctx, input: z.input<S>): Promise<R> => {
    authorize(ctx, permission, options)
    if (!options.secrets) refuseCardData(input)
    const parsed = parse(schema, input)
    const inside = async (writer: Writer): Promise<R> => {
      const tx: Tx = { ...ctx, writer, recorded: { audit: [], events: [], accounted: false } }
      tx.tx = tx
      const result = await run(tx, parsed)
      await flushRecords(tx)
      return result
    }
    const outer = ctx.tx
    if (outer) {
      const result = await ctx.db.savepoint(outer.writer, inside)
      unchanged(outer)
      return result
    }
    return ctx.db.write(inside).catch((err) => {
      throw translate(err)
    })
  }
  return Object.assign(verb, { kind: 'command' as const, permission, schema })
}

/** A read. Inside a command it sees the transaction's own changes. */
export function query<S extends z.ZodType, R>(
  permission: Permission | null,
  schema: S,
  run: (read: Read, input: z.output<S>) => Promise<R>,
): Verb<S, R> {
  const verb = async (ctx: Ctx, input: z.input<S>): Promise<R> => {
    authorize(ctx, permission, {})
    return run({ ...ctx, reader: ctx.tx?.writer ?? ctx.db.read }, parse(schema, input))
  }
  return Object.assign(verb, { kind: 'query' as const, permission, schema })
}
