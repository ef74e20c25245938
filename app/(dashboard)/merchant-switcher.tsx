'use client'

import { Building2, Check, ChevronsUpDown } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Input } from '#components/ui/input'
import { Popover } from '#components/ui/popover'
import { useLeave } from '#components/unsaved'
import { fold } from '#lib/core/text'
import type { Who } from './frame.tsx'
import { screenOf } from './navigation.tsx'

type Merchant = Who['merchants'][number]
type Branch = Merchant & { depth: number }

/** Parents before their children, each with how deep it lies. */
export function tree(merchants: readonly Merchant[], parentId: number | null = null, depth = 0): Branch[] {
  return merchants
    .filter((each) => each.parentId === parentId)
    .flatMap((each) => [{ ...each, depth }, ...tree(merchants, each.id, depth + 1)])
}

/** Goes to the same screen at another merchant. */
export function useSwitch(): (id: number) => Promise<void> {
  const router = useRouter()
  const path = usePathname()
  const leave = useLeave()
  return async (id) => {
    if (!(await leave())) return
    router.push(`${screenOf(path)}?m=${id}`)
  }
}

const MANY = 7

/** Which merchant this page is about, and the others in reach. */
export function MerchantSwitcher({ merchantId, merchants }: Pick<Who, 'merchantId' | 'merchants'>) {
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const change = useSwitch()
  const current = merchants.find(({ id }) => id === merchantId)
  const found = tree(merchants).filter(({ name }) => fold(name).includes(fold(text)))
  if (merchants.length < 2) {
    return (
      <span className="flex min-w-0 items-center gap-1.5 font-medium">
        <Building2 aria-hidden className="size-4 shrink-0 text-muted" strokeWidth={1.5} />
        <span className="truncate">{current?.name}</span>
      </span>
    )
  }

  function choose(id: number) {
    setOpen(false)
    setText('')
    void change(id)
  }

  const trigger = (
    <Button variant="ghost" className="max-w-64 min-w-0 shrink px-2">
      <Building2 aria-hidden strokeWidth={1.5} className="text-muted" />
      <span className="sr-only">Merchant: </span>
      <span className="truncate">{current?.name ?? 'Merchant'}</span>
      <ChevronsUpDown aria-hidden strokeWidth={1.5} className="text-muted" />
    </Button>
  )
  return (
    <Popover trigger={trigger} title="Switch merchant" open={open} onOpenChange={setOpen}>
      {merchants.length > MANY && (
        <Input
          aria-label="Find a merchant"
          placeholder="Find a merchant"
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
        />
      )}
      <ul className="-mx-1 flex max-h-80 flex-col overflow-y-auto">
        {found.map(({ id, name, depth }) => (
          <li key={id} style={{ paddingInlineStart: `${depth}rem` }}>
            <Button
              variant="ghost"
              aria-current={id === merchantId ? 'true' : undefined}
              className="w-full justify-start px-2 font-normal"
              onClick={() => choose(id)}
            >
              <span className="min-w-0 flex-1 truncate text-start">{name}</span>
              {id === merchantId && <Check aria-hidden strokeWidth={1.5} />}
            </Button>
          </li>
        ))}
        {found.length === 0 && <li className="px-2 text-muted">No merchant has this name.</li>}
      </ul>
    </Popover>
  )
}
