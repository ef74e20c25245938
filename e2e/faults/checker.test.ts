// The checker judges every other fault test, so it is judged first: it finds nothing in an honest store, and it finds
// each single damage done to a copy of that store.
import { cpSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { freePort } from '../../db/testing/cluster.ts'
import { prepare, startApi, testFolder } from './api-process.ts'
import { contradictions } from './checker.ts'
import { startWriters } from './writers.ts'

const VICTIM = '(SELECT max(id) FROM customers WHERE version > 1)'
const LAST_TOLD = `(SELECT max(seq) FROM audit_events WHERE fields IS NOT NULL)`

/** What could go wrong in a crash, each as the SQL that makes it so. */
const DAMAGES: Record<string, string> = {
  'a lost customer': `DELETE FROM customers WHERE id = ${VICTIM}`,
  'a lost update': `UPDATE customers SET reference = 'older', version = version - 1 WHERE id = ${VICTIM}`,
  'a torn update': `UPDATE customers SET name = 'torn' WHERE id = ${VICTIM}`,
  'a doubled update': `UPDATE customers SET version = version + 1 WHERE id = ${VICTIM}`,
  'a doubled customer': `CREATE TEMP TABLE twin AS SELECT * FROM customers WHERE id = ${VICTIM};
    UPDATE twin SET id = id + 999999, customer_id = 'twin';
    INSERT INTO customers SELECT * FROM twin`,
  'a customer that nobody asked for': `UPDATE customers SET member_id = 'stranger' WHERE id = ${VICTIM}`,
  'a missing audit event': `DELETE FROM audit_events WHERE seq = ${LAST_TOLD}`,
  'a missing end of the audit trail': `DELETE FROM audit_events WHERE seq = (SELECT max(seq) FROM audit_events)`,
  'a changed audit event': `UPDATE audit_events SET actor_name = 'someone else' WHERE seq = ${LAST_TOLD}`,
  'changed values in an audit event': `UPDATE audit_events SET changes = replace(changes, 'after', 'after ') WHERE seq = ${LAST_TOLD}`,
  'an audit event about nobody': `UPDATE audit_events SET object_id = '999999' WHERE seq = ${LAST_TOLD}`,
  'a missing outbox event': `DELETE FROM events WHERE id = (SELECT max(id) FROM events)`,
  'a doubled outbox event': `INSERT INTO events (merchant_id, type, object_type, object_id, payload, created_at)
    SELECT merchant_id, type, object_type, object_id, payload, created_at FROM events WHERE id = (SELECT max(id) FROM events)`,
  'an entry lost from the search index': `INSERT INTO customers_search (customers_search, rowid, search)
    SELECT 'delete', id, search FROM customers WHERE id = ${VICTIM}`,
  'a broken foreign key': `UPDATE api_keys SET merchant_id = 999999`,
}

/** Does the damage with every guard of the schema out of the way. */
function damage(folder: string, sql: string): void {
  const db = new SQLite(path.join(folder, 'clientele.db'))
  db.pragma('foreign_keys = OFF')
  const triggers = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all() as { name: string }[]
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`)
  db.exec(sql)
  db.close()
}

test('the checker accepts an honest store and notices every single damage', async () => {
  const settings = { folder: testFolder(), databaseKey: 'none' }
  const apiKey = prepare(settings)
  const api = await startApi(settings, await freePort())
  const writers = startWriters(4, 1, apiKey, () => `http://127.0.0.1:${api.port}`)
  await wait(500)
  await writers.finish()
  api.signal('SIGTERM')
  await api.exited
  expect(writers.problems).toEqual([])
  expect(contradictions(settings.folder, writers.journal)).toEqual([])
  const unnoticed = Object.entries(DAMAGES).filter(([, sql]) => {
    const copy = testFolder()
    cpSync(settings.folder, copy, { recursive: true })
    damage(copy, sql)
    return contradictions(copy, writers.journal).length === 0
  })
  expect(unnoticed.map(([name]) => name)).toEqual([])
})
