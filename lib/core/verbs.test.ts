// Walks every verb of the product: what the table of permissions says must be what each verb does.
import { globSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDb } from '#db/client'
import type { Ctx } from './ctx.ts'
import { ERRORS, statusOf } from './errors.ts'
import { EVENTS } from './events.ts'
import { GRANTS, isPermission, PERMISSIONS, ROLES, rolePermissions, scopePermissions } from './permissions.ts'
import type { Verb } from './verb.ts'

type AnyVerb = Verb<import('zod').ZodType, unknown>
const root = path.join(import.meta.dirname, '../..')
const files = globSync('lib/*/*.ts', { cwd: root }).filter(
  (file) => !/\.test\.ts$|^lib\/(api|web|gateway)\//.test(file),
)

async function everyVerb(): Promise<[string, AnyVerb][]> {
  const found: [string, AnyVerb][] = []
  for (const file of files.sort()) {
    const exports = (await import(path.join(root, file))) as Record<string, unknown>
    for (const [name, value] of Object.entries(exports)) {
      const kind = (value as { kind?: unknown } | null)?.kind
      if (typeof value === 'function' && (kind === 'command' || kind === 'query')) found.push([name, value as AnyVerb])
    }
  }
  return found
}

const verbs = await everyVerb()
const database = await openDb()

const callerWith = (permissions: Ctx['permissions']): Ctx => ({
  db: database,
  merchantId: 1,
  actor: { type: 'key', id: 1, name: 'test' },
  permissions,
  requestId: 'req_test',
  ip: null,
  provenAt: null,
  now: () => new Date(),
})

const codeOf = async (verb: AnyVerb, ctx: Ctx): Promise<string | undefined> => {
  try {
    await verb(ctx, {} as never)
    return undefined
  } catch (err) {
    return (err as { code?: string }).code
  }
}

test('there are verbs to walk', () => {
  expect(verbs.length).toBeGreaterThan(30)
})

describe.each(verbs)('%s', (_name, verb) => {
  test('names a permission of the table, or leaves the decision to its run', () => {
    if (verb.permission !== null) expect(isPermission(verb.permission)).toBe(true)
  })

  test.runIf(verb.permission !== null)(
    'is refused to every role that the table does not grant it, before anything is parsed',
    async () => {
      for (const role of ROLES) {
        const granted = GRANTS[verb.permission as never as keyof typeof GRANTS]?.includes(role) ?? false
        const code = await codeOf(verb, callerWith(rolePermissions(role)))
        if (granted) expect(code, role).not.toBe('PERMISSION_MISSING')
        else expect(code, role).toBe('PERMISSION_MISSING')
      }
    },
  )

  test.runIf(verb.permission !== null)(
    'is open to a key with that scope and closed to one with every other',
    async () => {
      const others = PERMISSIONS.filter((permission) => permission !== verb.permission)
      expect(await codeOf(verb, callerWith(scopePermissions(others)))).toBe('PERMISSION_MISSING')
      const code = await codeOf(verb, callerWith(scopePermissions([String(verb.permission)])))
      expect(code).not.toBe('PERMISSION_MISSING')
    },
  )

  test('refuses an unknown member instead of ignoring it', () => {
    const parsed = verb.schema.safeParse({ surely_unknown: true })
    expect(parsed.success).toBe(false)
  })
})

test('each outbox event has a payload schema that refuses the empty payload', () => {
  for (const schema of Object.values(EVENTS)) expect(schema.safeParse({}).success).toBe(false)
})

test('each error code has a kind with a status, and a message without a trailing stop', () => {
  for (const code of Object.keys(ERRORS) as (keyof typeof ERRORS)[]) {
    expect(statusOf(code)).toBeGreaterThanOrEqual(400)
    expect(ERRORS[code].message).not.toMatch(/[.!]$/)
  }
})

test('the owner holds every permission, and nobody else may make owners', () => {
  expect([...rolePermissions('owner')].sort()).toEqual([...PERMISSIONS].sort())
  expect(ROLES.filter((role) => rolePermissions(role).has('team:own'))).toEqual(['owner'])
})
