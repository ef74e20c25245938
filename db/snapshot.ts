// Reads of one turn of the event loop share one snapshot: taking and giving back SQLite's locks, and looking whether
// another connection has written, costs as much as a small read itself.
import type SQLite from 'better-sqlite3'

/**
 * A snapshot opens with the first read of a turn (or by `start`), of which it tells `opened`, and ends behind the turn.
 * `end` ends it at once: to be called after every commit, so that whoever was told of it sees it.
 */
export function snapshotPerTurn(connection: SQLite.Database, opened: () => void): { start(): void; end(): void } {
  const prepare = connection.prepare.bind(connection)
  const begin = prepare('BEGIN')
  const commit = prepare('COMMIT')
  let open = false
  const end = () => {
    if (open) commit.run()
    open = false
  }
  const start = () => {
    if (open) return
    begin.run()
    open = true
    opened()
    setImmediate(end)
  }
  connection.prepare = ((source: string) => {
    const statement = prepare(source)
    const { all, get } = statement
    statement.all = (...values: unknown[]) => {
      start()
      return all.apply(statement, values)
    }
    statement.get = (...values: unknown[]) => {
      start()
      return get.apply(statement, values)
    }
    return statement
  }) as typeof connection.prepare
  return { start, end }
}
