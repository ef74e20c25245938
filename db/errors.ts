// Driver errors of both engines, folded into the three that a command can do something about.
export type Violation = { kind: 'unique' | 'foreign_key' | 'busy' | 'full'; constraint: string }

const KINDS: Record<string, Violation['kind']> = {
  '23505': 'unique',
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  '23503': 'foreign_key',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign_key',
  SQLITE_BUSY: 'busy',
  '40001': 'busy',
  '40P01': 'busy',
  SQLITE_FULL: 'full',
  '53100': 'full',
}

type DriverError = { code?: unknown; constraint?: unknown; message?: unknown; cause?: unknown }

/** What a driver error means, found along the chain of causes; undefined for anything else. */
export function violation(err: unknown): Violation | undefined {
  for (let e = err as DriverError | undefined; e && typeof e === 'object'; e = e.cause as DriverError | undefined) {
    const kind = typeof e.code === 'string' ? KINDS[e.code] : undefined
    // SQLite names "table.column, …" in the message where PostgreSQL names the constraint.
    if (kind) return { kind, constraint: String(e.constraint ?? e.message ?? '') }
  }
  return undefined
}
