import type { Metadata } from 'next'
import { deskOf } from '../../desk-of.ts'
import { Gallery } from './gallery.tsx'

export const metadata: Metadata = { title: 'Components' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ComponentsPage({ searchParams }: Props) {
  // Made-up data only, but a page of the dashboard all the same: for whoever is signed in.
  await deskOf(await searchParams)
  return <Gallery />
}
