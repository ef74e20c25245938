// The one exception to "every row belongs to the caller's merchant": a shared container shows its profiles to every
// merchant below its owner. Nothing else in the product decides this.
import { and, eq, exists, getTableColumns, or, sql } from 'drizzle-orm'
import { type Reader, statement } from '#db/client'
import { containerExclusions, containers, merchants } from '#db/schema'
import type { Read, Tx } from '../core/verb.ts'
import { ancestorsOf } from './rules.ts'

export type ContainerRow = typeof containers.$inferSelect
/** `usable` is false where it is disabled: the container is listed, and what is in it is hidden. */
export type VisibleContainer = ContainerRow & { usable: boolean }

const readerOf = (on: Read | Tx): Reader => ('reader' in on ? on.reader : on.writer)

const pathOf = (on: Reader) =>
  statement(on, 'containers_merchant_path', (reader) =>
    reader
      .select({ path: merchants.path, chosen: merchants.defaultContainerId })
      .from(merchants)
      .where(eq(merchants.id, sql.placeholder('merchantId'))),
  )

/** One statement for each depth of the tree, so that each can be prepared once. */
const containersBelow = (on: Reader, depth: number) =>
  statement(on, `containers_visible_${depth}`, (reader) => {
    const above = Array.from({ length: depth }, (_, index) =>
      eq(containers.merchantId, sql.placeholder(`above${index}`)),
    )
    // Disabled for a merchant is disabled for those below it as well.
    const here = Array.from({ length: depth }, (_, index) =>
      eq(containerExclusions.merchantId, sql.placeholder(`above${index}`)),
    )
    const excluded = exists(
      reader
        .select({ one: sql`1` })
        .from(containerExclusions)
        .where(
          and(
            eq(containerExclusions.containerId, containers.id),
            or(eq(containerExclusions.merchantId, sql.placeholder('merchantId')), ...here),
          ),
        ),
    )
    return reader
      .select({ ...getTableColumns(containers), excluded: sql<boolean>`${excluded}`.mapWith(Boolean) })
      .from(containers)
      .where(
        or(
          eq(containers.merchantId, sql.placeholder('merchantId')),
          and(eq(containers.shared, true), or(sql`false`, ...above)),
        ),
      )
      .orderBy(containers.name, containers.id)
  })

/** Own containers and those that a merchant above shares, by name. */
export async function visibleContainerRows(on: Read | Tx): Promise<VisibleContainer[]> {
  const reader = readerOf(on)
  const { merchantId } = on
  const [merchant] = await pathOf(reader).execute({ merchantId })
  const above = ancestorsOf(merchant?.path ?? '')
  const values = Object.fromEntries(above.map((id, index) => [`above${index}`, id]))
  const rows = await containersBelow(reader, above.length).execute({ merchantId, ...values })
  return rows.map(({ excluded, ...row }) => ({ ...row, usable: !row.disabled && !excluded }))
}

/** The ids of the containers whose profiles and instruments the caller's merchant may see. */
export async function visibleContainers(on: Read | Tx): Promise<number[]> {
  return (await visibleContainerRows(on)).flatMap(({ id, usable }) => (usable ? [id] : []))
}

/** The container of the caller's merchant for whoever names none; null when it has not chosen one. */
export async function defaultContainerId(on: Read | Tx): Promise<number | null> {
  const [merchant] = await pathOf(readerOf(on)).execute({ merchantId: on.merchantId })
  return merchant?.chosen ?? null
}
