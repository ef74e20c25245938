'use client'

import Link from 'next/link'
import { DateTime } from '#components/ui/date-time'
import type { Member } from '../reads.ts'
import { MemberState, rolesText } from './columns.tsx'

type MemberCardProps = { member: Member; href: string; own: boolean }

/** A member on a phone. */
export function MemberCard({ member, href, own }: MemberCardProps) {
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <Link href={href} prefetch={false} data-row-link className="rounded-badge font-medium">
          <bdi>{member.name}</bdi>
          {own && ' (you)'}
        </Link>
        <MemberState member={member} />
      </p>
      <p className="truncate text-small text-muted">{member.email}</p>
      <p className="text-small">
        {rolesText(member)} · last seen <DateTime at={member.lastSeenAt} relative />
      </p>
    </div>
  )
}
