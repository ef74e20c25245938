import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import type { Ctx } from '#lib/core/ctx'
import { appError } from '#lib/core/errors'
import { type TransactionDetail as Detail, getTransactionDetail } from '#lib/transactions/desk'
import { DeskProvider } from '../../desk.tsx'
import { deskOf } from '../../desk-of.ts'
import { requirePermission } from '../../require-permission.ts'
import { transactionRead } from '../reads.ts'
import { TransactionDetail } from './transaction-detail.tsx'

type Params = Record<string, string | string[] | undefined>
type Props = { params: Promise<{ uuid: string }>; searchParams: Promise<Params> }

/** The transaction; undefined when the merchant has none of that uuid. */
const find = cache(async (ctx: Ctx, uuid: string): Promise<Detail | undefined> => {
  try {
    return await getTransactionDetail(ctx, { uuid: uuid.slice(0, 100) })
  } catch (err) {
    if (appError(err)?.code === 'TRANSACTION_NOT_FOUND') return undefined
    throw err
  }
})

const uuidIn = async (params: Props['params']) => decodeURIComponent((await params).uuid)

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { ctx, merchant, permissions } = await deskOf(await searchParams)
  const found = permissions.includes('transactions:read') ? await find(ctx, await uuidIn(params)) : undefined
  return { title: { absolute: `${found?.merchantTransactionId ?? 'Not found'} · Transactions · ${merchant}` } }
}

export default async function TransactionPage({ params, searchParams }: Props) {
  const uuid = await uuidIn(params)
  const desk = await deskOf(await searchParams)
  requirePermission(desk, 'transactions:read')
  const { ctx, m, merchant, permissions } = desk
  const found = await find(ctx, uuid)
  if (!found) notFound()
  const client = new QueryClient()
  client.setQueryData(transactionRead(m, uuid).queryKey, found)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DeskProvider m={m} permissions={permissions} merchant={merchant}>
        <TransactionDetail uuid={uuid} />
      </DeskProvider>
    </HydrationBoundary>
  )
}
