import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Notice } from '#components/ui/notice'
import { env } from '#lib/env'
import { ownPath } from '#lib/web/origin'
import { viewer } from '#lib/web/session'
import { SignInForm } from './form.tsx'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { next: given } = await searchParams
  const next = ownPath(Array.isArray(given) ? given[0] : given)
  if (await viewer()) redirect(next)
  const demo = path.join(env.DATA_DIR, 'demo.json')
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">Sign in</h1>
      <SignInForm next={next} />
      {existsSync(demo) && (
        <Notice tone="neutral">
          This is the demo. E-mail and password of everybody in it are in the file{' '}
          <code className="font-mono">{demo}</code> on the server.
        </Notice>
      )}
    </div>
  )
}
