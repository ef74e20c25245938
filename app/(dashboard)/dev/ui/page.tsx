import type { Metadata } from 'next'
import { Gallery } from './gallery.tsx'

export const metadata: Metadata = { title: 'Components' }

export default function ComponentsPage() {
  return <Gallery />
}
