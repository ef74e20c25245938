import type { Metadata } from 'next'
import Link from 'next/link'
import { errorSlug } from '#lib/api/problem'
import { ERRORS, statusOf } from '#lib/core/errors'
import { CODES } from './kinds.ts'

export const metadata: Metadata = { title: 'Error codes' }

export default function ErrorCodesPage() {
  return (
    <>
      <h1 className="text-title font-semibold">Error codes</h1>
      <p className="text-muted">Branch on error.code; texts may change, codes do not.</p>
      <table className="w-full text-small">
        <caption className="sr-only">Every error code with its status and meaning</caption>
        <thead>
          <tr className="border-b text-start">
            <th scope="col" className="py-2 pe-4 text-start font-medium">
              Code
            </th>
            <th scope="col" className="py-2 pe-4 text-start font-medium">
              Status
            </th>
            <th scope="col" className="py-2 text-start font-medium">
              Meaning
            </th>
          </tr>
        </thead>
        <tbody>
          {CODES.map((code) => (
            <tr key={code} className="border-b align-top">
              <th scope="row" className="py-2 pe-4 text-start font-normal">
                <Link href={`/docs/errors/${errorSlug(code)}`} className="underline wrap-anywhere">
                  {code}
                </Link>
              </th>
              <td className="py-2 pe-4 tabular-nums">{statusOf(code)}</td>
              <td className="py-2">{ERRORS[code].message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
