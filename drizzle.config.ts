// One schema, one folder of migrations per engine; `npm run db:generate` runs this once for each.
import { defineConfig } from 'drizzle-kit'

const engine = /^postgres/.test(process.env.DATABASE_URL ?? '') ? 'postgres' : 'sqlite'

export default defineConfig({
  dialect: engine === 'postgres' ? 'postgresql' : 'sqlite',
  schema: './db/schema/*.ts',
  out: `${process.env.MIGRATIONS_DIR ?? './db/migrations'}/${engine}`,
})
