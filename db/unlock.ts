import type SQLite from 'better-sqlite3'

/** Gives the key of an encrypted file to a connection; it must be the connection's first statement. */
export function unlock(connection: SQLite.Database, key: string | undefined): void {
  if (!key) return
  connection.pragma("cipher='sqlcipher'")
  connection.pragma(`key='${key.replaceAll("'", "''")}'`)
}
