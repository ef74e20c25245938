import type { Metadata } from 'next'
import { viewer } from '#lib/web/session'
import { DeskProvider } from '../../desk.tsx'
import { deskOf } from '../../desk-of.ts'
import { requirePermission } from '../../require-permission.ts'
import { AccessHeader } from '../access-header.tsx'
import { RolesTable } from './roles-table.tsx'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { merchant } = await deskOf(await searchParams)
  return { title: { absolute: `Roles · ${merchant}` } }
}

export default async function RolesPage({ searchParams }: Props) {
  const { m, merchant, permissions } = await deskOf(await searchParams)
  requirePermission({ permissions, merchant }, 'team:read')
  const roles = (await viewer())?.roles ?? []
  return (
    <DeskProvider m={m} permissions={permissions} merchant={merchant}>
      <AccessHeader current="roles" context="What each role may do. API keys are made of the same permissions." />
      <RolesTable own={roles} />
    </DeskProvider>
  )
}
