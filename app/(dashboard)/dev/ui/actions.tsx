'use client'

import { Archive, Copy, Download, Ellipsis, Pencil, Plus } from 'lucide-react'
import { useState } from 'react'
import { ThemeMenu } from '#components/theme'
import { Button, IconButton, LinkButton, TextLink } from '#components/ui/button'
import type { ButtonVariant } from '#components/ui/button-class'
import { CopyButton } from '#components/ui/copy-button'
import { Kbd } from '#components/ui/kbd'
import { ActionMenu, Menu, type MenuEntry } from '#components/ui/menu'
import { Popover } from '#components/ui/popover'
import { LinkTabs, Tabs } from '#components/ui/tabs'
import { notify } from '#components/ui/toast'
import { Tip } from '#components/ui/tooltip'
import { Chapter, Entry } from './entry.tsx'

const variants: ButtonVariant[] = ['primary', 'secondary', 'ghost', 'danger']

/** Buttons, menus and tabs. */
export function Actions() {
  return (
    <Chapter title="Actions">
      <Entry id="button" title="Button" stacked>
        {(['regular', 'small'] as const).map((size) => (
          <div key={size} className="flex flex-wrap gap-3">
            {variants.map((variant) => (
              <Button key={variant} variant={variant} size={size}>
                {variant === 'danger' ? 'Erase' : 'Save'} ({variant})
              </Button>
            ))}
            <Button variant="primary" size={size}>
              <Plus aria-hidden strokeWidth={1.5} />
              Add customer
            </Button>
            <Button size={size} disabled>
              Disabled
            </Button>
          </div>
        ))}
        <PendingButtons />
        <div className="flex flex-wrap items-center gap-3">
          <LinkButton href="#button">Link as a button</LinkButton>
          <TextLink href="#button">Link in text</TextLink>
          <Kbd keys="mod+k" />
          <Kbd keys="g c" />
        </div>
      </Entry>
      <Entry id="icon-button" title="Icon button, tip, copy">
        <IconButton label="Edit">
          <Pencil aria-hidden strokeWidth={1.5} />
        </IconButton>
        <IconButton label="Download" variant="secondary">
          <Download aria-hidden strokeWidth={1.5} />
        </IconButton>
        <IconButton label="More" size="small" disabled>
          <Ellipsis aria-hidden strokeWidth={1.5} />
        </IconButton>
        <Tip text="A tip says more, it is never the only name.">
          <Button>With a tip</Button>
        </Tip>
        <CopyButton value="cus_00000000000000000001" label="Copy customer id" />
        <ThemeMenu />
      </Entry>
      <Menus />
      <TabEntries />
    </Chapter>
  )
}

function PendingButtons() {
  const [pending, setPending] = useState(true)
  return (
    <div className="flex flex-wrap gap-3">
      {variants.map((variant) => (
        <Button key={variant} variant={variant} pending={pending}>
          Saving
        </Button>
      ))}
      <Button variant="ghost" onClick={() => setPending(!pending)}>
        {pending ? 'Stop' : 'Start'} pending
      </Button>
    </div>
  )
}

function Menus() {
  const [compact, setCompact] = useState(false)
  const items: MenuEntry[] = [
    { label: 'Edit', icon: Pencil, onSelect: () => notify({ title: 'Edit was chosen' }), hint: <Kbd keys="e" /> },
    { label: 'Copy id', icon: Copy, onSelect: () => notify({ title: 'Copy was chosen' }) },
    { label: 'Go to the tokens', href: '#colours' },
    { label: 'Not now', disabled: true },
    'separator',
    {
      heading: 'Rows',
      items: [{ label: 'Compact', checked: compact, onSelect: () => setCompact(!compact) }],
    },
    'separator',
    { label: 'Archive', icon: Archive, danger: true, onSelect: () => notify({ title: 'Archive was chosen' }) },
  ]
  return (
    <Entry id="menu" title="Menu and popover">
      <Menu trigger={<Button>Menu</Button>} items={items} />
      <ActionMenu label="Actions for Ada Lovelace" items={items} />
      <Popover trigger={<Button>Popover</Button>} title="Popover">
        <p className="text-muted">Content beside its trigger. Escape closes it.</p>
        <Button>Something inside</Button>
      </Popover>
    </Entry>
  )
}

function TabEntries() {
  return (
    <Entry id="tabs" title="Tabs" stacked>
      <Tabs
        label="Customer"
        tabs={[
          { value: 'overview', label: 'Overview', content: <p>Overview of the customer.</p> },
          { value: 'instruments', label: 'Instruments', count: 3, content: <p>Three instruments.</p> },
          { value: 'activity', label: 'Activity', content: <p>What happened.</p> },
        ]}
      />
      <LinkTabs
        label="Sections"
        tabs={[
          { href: '#tabs', label: 'Overview', current: true },
          { href: '#menu', label: 'Instruments', current: false, count: 3 },
        ]}
      />
    </Entry>
  )
}
