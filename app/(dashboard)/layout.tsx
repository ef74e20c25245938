import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { viewer } from '#lib/web/session'
import { Frame } from './frame.tsx'

/** The frame of every signed-in page. It decides nothing: each page asks who may see it. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const [who, jar] = await Promise.all([viewer(), cookies()])
  // Nobody is signed in: the page itself leads to the sign-in, or says that there is nothing here.
  if (!who) return <main id="main">{children}</main>
  const { staff, merchantId, merchants, permissions } = who
  return (
    <Frame
      who={{ name: staff.name, email: staff.email, merchantId, merchants, permissions }}
      collapsed={jar.get('sidebar')?.value === 'collapsed'}
    >
      {children}
    </Frame>
  )
}
