// How one person wants one table shown: three flat entries of the preferences kept with the person on the server.
import { z } from 'zod'
import type { TableView } from '#components/data-table'

const keyOf = (table: string, part: 'hidden' | 'order' | 'density') => `table.${table}.${part}`

const names = z.array(z.string())

/** The kept view of a table; what is missing or of an older kind takes its default. */
export function keptTable(preferences: Readonly<Record<string, unknown>>, table: string, plain: TableView): TableView {
  const part = (name: 'hidden' | 'order' | 'density') => preferences[keyOf(table, name)]
  return {
    hidden: names.catch([...plain.hidden]).parse(part('hidden')),
    order: names.catch([...plain.order]).parse(part('order')),
    density: z.enum(['regular', 'compact']).catch(plain.density).parse(part('density')),
  }
}

/** The entries that keep a view. */
export const tablePreferences = (table: string, { hidden, order, density }: TableView) => ({
  [keyOf(table, 'hidden')]: [...hidden],
  [keyOf(table, 'order')]: [...order],
  [keyOf(table, 'density')]: density,
})
