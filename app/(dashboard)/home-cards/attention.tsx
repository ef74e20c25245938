'use client'

import { CircleX, Clock, type LucideIcon } from 'lucide-react'
import { TextLink } from '#components/ui/button'
import { Card } from '#components/ui/card'
import { cn } from '#components/ui/cn'
import { useFormat } from '#components/ui/format-provider'
import { numberText } from '#components/ui/format-value'
import type { Found, HomeFigures } from '#lib/analytics/home'
import { foundHref } from './links.ts'

type Matter = { found: Found; one: string; many: string; icon: LucideIcon; tone: string }

/** What should be looked at; nothing at all when there is nothing, so that the box is always news. */
export function Attention({ figures: { expiring, expired }, m }: { figures: HomeFigures; m: number }) {
  const format = useFormat()
  const matters: Matter[] = []
  if (expired) {
    const tone = 'text-danger-text'
    matters.push({
      found: expired,
      one: 'customer has an expired card',
      many: 'customers have an expired card',
      icon: CircleX,
      tone,
    })
  }
  if (expiring) {
    const tone = 'text-warning-text'
    const words = {
      one: 'customer has a card that expires within 30 days',
      many: 'customers have a card that expires within 30 days',
    }
    matters.push({ found: expiring, ...words, icon: Clock, tone })
  }
  const news = matters.filter(({ found }) => found.count.value > 0 && found.q !== null)
  if (news.length === 0) return null
  return (
    <Card title="Needs attention">
      <ul className="flex flex-col gap-2">
        {news.map(({ found: { count, q }, one, many, icon: Icon, tone }) => (
          <li key={many} className="flex items-start gap-2">
            <Icon aria-hidden strokeWidth={1.5} className={cn('mt-0.5 size-4 shrink-0', tone)} />
            <TextLink href={foundHref(m, q ?? '')} prefetch={false}>
              {numberText(count.value, format)}
              {count.relation === 'gte' && '+'} {count.value === 1 ? one : many}
            </TextLink>
          </li>
        ))}
      </ul>
    </Card>
  )
}
