'use client'

import { IdValue } from '#components/ui/copy-button'

type LinkRowProps = { email: string; link: string; mailed: boolean }

/** What became of an invitation: mailed, or a link to hand over. */
export function LinkRow({ email, link, mailed }: LinkRowProps) {
  return (
    <div className="flex flex-col gap-1 border-b py-2 last:border-b-0">
      <p className="font-medium wrap-anywhere">
        <bdi>{email}</bdi>
      </p>
      {mailed ? (
        <p className="text-small text-muted">The link was mailed.</p>
      ) : (
        <>
          <p className="text-small text-muted">Nothing was mailed. Hand this link over yourself:</p>
          <IdValue value={link} label={`the link for ${email}`} whole />
        </>
      )}
    </div>
  )
}
