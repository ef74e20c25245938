'use client'

import { useState } from 'react'
import { CommandPalette } from '#components/command-palette'
import { useConfirm } from '#components/confirm'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Drawer } from '#components/ui/drawer'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { notify } from '#components/ui/toast'
import { useLeave } from '#components/unsaved'
import { Chapter, Entry } from './entry.tsx'
import { samplePeople } from './people.tsx'

/** What floats over the page. */
export function Overlays() {
  return (
    <Chapter title="Overlays">
      <Entry id="dialog" title="Dialog and drawer">
        <Dialogs />
      </Entry>
      <Entry id="confirm" title="Confirmations">
        <Confirmations />
      </Entry>
      <Entry id="toast" title="Toast">
        <Toasts />
      </Entry>
      <Entry id="palette" title="Command palette">
        <CommandPalette groups={commands} search={searchPeople} />
      </Entry>
    </Chapter>
  )
}

function Dialogs() {
  const [shown, setShown] = useState<'dialog' | 'drawer' | 'wide'>()
  const leave = useLeave()
  async function close() {
    if (await leave()) setShown(undefined)
  }
  const footer = (
    <>
      <Button onClick={close}>Cancel</Button>
      <Button variant="primary" onClick={close}>
        Save note
      </Button>
    </>
  )
  const body = (
    <Field label="Title of the note">
      <Input />
    </Field>
  )
  return (
    <>
      <Button onClick={() => setShown('dialog')}>Open dialog</Button>
      <Button onClick={() => setShown('drawer')}>Open drawer</Button>
      <Button onClick={() => setShown('wide')}>Open wide drawer</Button>
      <Dialog
        open={shown === 'dialog'}
        onOpenChange={close}
        title="Add a note"
        description="Colleagues see it, the customer does not."
        footer={footer}
      >
        {body}
      </Dialog>
      <Drawer
        open={shown === 'drawer' || shown === 'wide'}
        onOpenChange={close}
        title="Edit Ada Lovelace"
        wide={shown === 'wide'}
        footer={footer}
      >
        {body}
      </Drawer>
    </>
  )
}

function Confirmations() {
  const confirm = useConfirm()
  async function wide() {
    const yes = await confirm({
      title: 'Share this segment with everybody?',
      body: 'Seven colleagues at Harbor Books will see it.',
      action: 'Share segment',
    })
    notify({ title: yes ? 'Shared' : 'Not shared' })
  }
  async function irreversible() {
    const yes = await confirm({
      title: 'Erase Ada Lovelace?',
      body: 'Contact data, 3 instruments and 12 notes are erased for good. Transactions stay without a name.',
      action: 'Erase Ada Lovelace',
      danger: true,
      typed: 'Ada Lovelace',
    })
    notify({ title: yes ? 'Erased' : 'Nothing was erased' })
  }
  return (
    <>
      <Button onClick={wide}>Ask before something wide</Button>
      <Button variant="danger" onClick={irreversible}>
        Ask before something irreversible
      </Button>
    </>
  )
}

function Toasts() {
  const undone = () => {
    notify({ title: 'Undone' })
  }
  return (
    <>
      <Button onClick={() => notify({ title: 'Saved' })}>Toast</Button>
      <Button onClick={() => notify({ title: 'Archived Ada Lovelace', undo: undone })}>Toast with undo</Button>
      <Button
        onClick={() => notify({ title: 'Not saved', description: 'The server could not be reached.', failed: true })}
      >
        Toast of a failure
      </Button>
    </>
  )
}

const commands = [
  {
    label: 'Go to',
    items: [
      { id: 'tokens', label: 'Tokens', href: '#colours', hint: 'Chapter' },
      { id: 'tables', label: 'Tables', href: '#data-table', hint: 'Chapter', words: 'list rows' },
    ],
  },
  { label: 'Do', items: [{ id: 'toast', label: 'Show a toast', run: () => notify({ title: 'From the palette' }) }] },
]

async function searchPeople(query: string) {
  const items = samplePeople
    .filter((person) => person.name.toLowerCase().includes(query.toLowerCase()))
    .map(({ id, name, email }) => ({ id, label: name, hint: email ?? undefined, href: `#person-${id}` }))
  return [{ label: 'People', items }]
}
