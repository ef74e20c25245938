// The least that a durable customer store can do: prepared statements on one table with a search index, WAL, a synced
// commit before every answer, and commits shared by all writes that are waiting. Nothing of the product is used here.
import SQLite from 'better-sqlite3'

export type FloorCustomer = {
  id: number
  name: string
  email: string
  phone: string | null
  address: string | null
  memberId: string | null
  createdAt: string
}
export type NewFloorCustomer = Omit<FloorCustomer, 'id' | 'createdAt'>

const SCHEMA = `
  CREATE TABLE customers (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT, address TEXT, member_id TEXT,
    search TEXT NOT NULL, created_at TEXT NOT NULL
  );
  CREATE INDEX customers_email ON customers (email);
  CREATE INDEX customers_phone ON customers (phone);
  CREATE INDEX customers_member ON customers (member_id);
  CREATE VIRTUAL TABLE customers_search USING fts5(
    search, content='customers', content_rowid='id', tokenize='trigram case_sensitive 1'
  );
  CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customers_search(rowid, search) VALUES (new.id, new.search);
  END;`

const SHOWN = 'id, name, email, phone, address, member_id AS memberId, created_at AS createdAt'

/** The same durability and cache as the product's connection. */
export function connect(file: string): SQLite.Database {
  const connection = new SQLite(file)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = FULL')
  connection.pragma('cache_size = -65536')
  connection.pragma('temp_store = MEMORY')
  return connection
}

/** The folded text of a customer whose values are ASCII: equal to what the product's search column holds. */
export const searchTextOf = ({ name, email, phone, memberId }: NewFloorCustomer): string =>
  [name, email, phone, memberId].filter(Boolean).join(' ').toLowerCase()

const insertInto = (connection: SQLite.Database) =>
  connection.prepare(
    'INSERT INTO customers (name, email, phone, address, member_id, search, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )

/** Fills a new file with customers, the first getting id 1. */
export function fill(file: string, rows: Iterable<NewFloorCustomer & { createdAt: string; search: string }>): void {
  const connection = connect(file)
  connection.exec(SCHEMA)
  const insert = insertInto(connection)
  connection.transaction(() => {
    for (const { name, email, phone, address, memberId, search, createdAt } of rows) {
      insert.run(name, email, phone, address, memberId, search, createdAt)
    }
  })()
  connection.exec('ANALYZE')
  connection.close()
}

type Waiting = { customer: NewFloorCustomer; answer: (made: FloorCustomer) => void; refuse: (err: unknown) => void }

/** Inserts that arrive in one turn of the event loop share a transaction, and are answered after its COMMIT. */
function groupedInserts(connection: SQLite.Database) {
  const [begin, commit] = [connection.prepare('BEGIN IMMEDIATE'), connection.prepare('COMMIT')]
  const insert = insertInto(connection)
  let queue: Waiting[] = []

  const run = (customer: NewFloorCustomer): FloorCustomer => {
    const { name, email, phone, address, memberId } = customer
    const createdAt = new Date().toISOString()
    const made = insert.run(name, email, phone, address, memberId, searchTextOf(customer), createdAt)
    return { id: Number(made.lastInsertRowid), name, email, phone, address, memberId, createdAt }
  }
  const drain = () => {
    const group = queue
    queue = []
    try {
      begin.run()
      const made = group.map(({ customer }) => run(customer))
      commit.run()
      for (const [index, row] of made.entries()) group[index]?.answer(row)
    } catch (err) {
      if (connection.inTransaction) connection.exec('ROLLBACK')
      for (const { refuse } of group) refuse(err)
    }
  }
  return (customer: NewFloorCustomer) =>
    new Promise<FloorCustomer>((answer, refuse) => {
      if (queue.push({ customer, answer, refuse }) === 1) setImmediate(drain)
    })
}

export function openFloor(file: string) {
  const connection = connect(file)
  const one = connection.prepare(`SELECT ${SHOWN} FROM customers WHERE id = ?`)
  const newest = connection.prepare(`SELECT ${SHOWN} FROM customers ORDER BY id DESC LIMIT ?`)
  const older = connection.prepare(`SELECT ${SHOWN} FROM customers WHERE id < ? ORDER BY id DESC LIMIT ?`)
  const found = connection.prepare(
    `SELECT ${SHOWN} FROM customers WHERE id IN
       (SELECT rowid FROM customers_search WHERE customers_search MATCH ? ORDER BY rowid DESC LIMIT ?)
     ORDER BY id DESC`,
  )
  return {
    create: groupedInserts(connection),
    read: (id: number) => one.get(id) as FloorCustomer | undefined,
    list: (limit: number, before?: number) => (before === undefined ? newest.all(limit) : older.all(before, limit)),
    search: (text: string, limit: number) => found.all(`"${text.toLowerCase().replaceAll('"', '""')}"`, limit),
    close: () => connection.close(),
  }
}
