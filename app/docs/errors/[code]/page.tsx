import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { ERRORS, statusOf } from '#lib/core/errors'
import { codeOf, KINDS } from '../kinds.ts'

type Params = { params: Promise<{ code: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: codeOf((await params).code) ?? 'Error codes' }
}

export default async function ErrorCodePage({ params }: Params) {
  const code = codeOf((await params).code)
  if (!code) notFound()
  const { kind, message } = ERRORS[code]
  const { title, advice } = KINDS[kind]
  return (
    <>
      <p>
        <Link href="/docs/errors" className="text-muted underline">
          Error codes
        </Link>
      </p>
      <h1 className="text-title font-semibold wrap-anywhere">{code}</h1>
      <p>{message}.</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
        <dt className="text-muted">HTTP status</dt>
        <dd className="tabular-nums">{statusOf(code)}</dd>
        <dt className="text-muted">Kind</dt>
        <dd>{title}</dd>
        <dt className="text-muted">What to do</dt>
        <dd>{advice}</dd>
      </dl>
    </>
  )
}
