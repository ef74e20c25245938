// Brings the database of DATABASE_URL up to date in a process of its own, since settings are read once per process.
import { closeDb, openDb } from '../client.ts'

const database = await openDb()
await database.migrate()
await closeDb()
