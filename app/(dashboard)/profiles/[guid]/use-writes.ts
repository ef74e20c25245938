'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Question, useConfirm } from '#components/confirm'
import type { FormProblem } from '#components/form-summary'
import { notify } from '#components/ui/toast'
import type { InstrumentView } from '#lib/instruments/view'
import type { ProfileView } from '#lib/profiles/view'
import { instrumentText } from '../../customers/words.ts'
import { useDesk } from '../../desk.tsx'
import {
  linkCustomerAction,
  removeInstrumentAction,
  setPreferredAction,
  unlinkCustomerAction,
  updateInstrumentAction,
} from '../actions.ts'
import { profileRead } from '../reads.ts'

export type Failure = { code: string; message: string; details: Record<string, unknown>; requestId: string }
export type InstrumentEdit = { holderName?: string; expMonth?: number; expYear?: number }
type Link = { profileGuid: string; customerId: number }

const UNREACHABLE: Failure = {
  code: 'UNREACHABLE',
  message: 'The server could not be reached',
  details: {},
  requestId: '—',
}
const STUBBORN: Failure = { ...UNREACHABLE, code: 'STALE_WRITE', message: 'Somebody else keeps changing this profile' }
const MAX_ROUNDS = 5

type Answer<T> = { ok: true; data: T } | { ok: false; error: Failure }
const reached = <T>(answer: Promise<Answer<T>>): Promise<Answer<T>> =>
  answer.catch(() => ({ ok: false as const, error: UNREACHABLE }))

const sayFailed = (title: string, { message, requestId }: Failure) =>
  void notify({ title, description: `${message}. Request ${requestId}`, failed: true })

const nameOf = (profile: ProfileView, id: number | null): string => {
  const instrument = profile.instruments.find((each) => each.id === id)
  return instrument ? instrumentText(instrument) : 'no instrument'
}

/** Asks before a newer choice of somebody else is replaced; a version that moved for another reason is no conflict. */
async function confirmChoice(ask: Ask, seen: ProfileView, now: ProfileView, next: number | null): Promise<boolean> {
  const theirs = now.preferredInstrumentId
  if (theirs === seen.preferredInstrumentId || theirs === next) return true
  const mine = nameOf(now, next)
  return ask({
    title: 'Somebody else chose meanwhile. Replace their choice?',
    body: `When you looked, the profile preferred ${nameOf(seen, seen.preferredInstrumentId)}; now it prefers ${nameOf(now, theirs)}. You chose ${mine}.`,
    action: `Prefer ${mine}`,
  })
}

type Ask = (question: Question) => Promise<boolean>
type Chosen = { version: number; seen: ProfileView } | Failure | 'kept'

async function choose(m: number, ask: Ask, profile: ProfileView, next: number | null): Promise<Chosen> {
  let seen = profile
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const input = { profileGuid: seen.profileGuid, instrumentId: next, expectedVersion: seen.version }
    const answer = await reached(setPreferredAction(m, input))
    if (answer.ok) return { version: answer.data.version, seen }
    if (answer.error.code !== 'STALE_WRITE') return answer.error
    const now = await profileRead(m, seen.profileGuid).queryFn()
    if (!(await confirmChoice(ask, seen, now, next))) return 'kept'
    seen = now
  }
  return STUBBORN
}

const FIELD_WORDS = { holderName: 'the holder', expMonth: 'the expiry', expYear: 'the expiry' } as const

type Field = keyof InstrumentEdit
const fieldsOf = (edit: InstrumentEdit): Field[] => Object.keys(edit) as Field[]
const fieldOf = (of: InstrumentView, field: Field) => of[field] ?? (field === 'holderName' ? '' : undefined)
const partOf = (of: InstrumentView, fields: readonly Field[]): InstrumentEdit =>
  Object.fromEntries(fields.map((field) => [field, fieldOf(of, field)]))

/** Asks before a field that somebody else changed meanwhile is overwritten; other fields are kept as they are now. */
async function confirmEdit(
  ask: Ask,
  opened: InstrumentView,
  now: InstrumentView,
  edit: InstrumentEdit,
): Promise<boolean> {
  const clashing = fieldsOf(edit).filter(
    (field) => fieldOf(now, field) !== fieldOf(opened, field) && fieldOf(now, field) !== edit[field],
  )
  if (clashing.length === 0) return true
  const words = [...new Set(clashing.map((field) => FIELD_WORDS[field]))].join(' and ')
  const said = (values: InstrumentView | InstrumentEdit) =>
    clashing
      .map((field) => (field === 'expYear' ? `/${values[field]}` : `${values[field] || 'nothing'}`))
      .join(' ')
      .replace(' /', '/')
  return ask({
    title: `Somebody else changed ${words} too. Replace theirs?`,
    body: `When you opened it: ${said(opened)}. Now: ${said(now)}. Yours: ${said(edit)}.`,
    action: 'Use mine',
  })
}

type Edited = { instrument: InstrumentView } | Failure | 'kept' | 'gone'

async function change(m: number, ask: Ask, opened: InstrumentView, edit: InstrumentEdit): Promise<Edited> {
  let version = opened.version
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const answer = await reached(updateInstrumentAction(m, { id: opened.id, expectedVersion: version, ...edit }))
    if (answer.ok) return { instrument: answer.data }
    if (answer.error.code === 'INSTRUMENT_NOT_FOUND') return 'gone'
    if (answer.error.code !== 'STALE_WRITE') return answer.error
    const { instruments } = await profileRead(m, opened.profileGuid).queryFn()
    const now = instruments.find(({ id }) => id === opened.id)
    if (!now) return 'gone'
    if (!(await confirmEdit(ask, opened, now, edit))) return 'kept'
    version = now.version
  }
  return STUBBORN
}

/** What the form says when an edit was not saved; nothing typed is lost. */
function problemOf(result: Exclude<Edited, { instrument: InstrumentView }>): FormProblem {
  if (result === 'kept') return { message: 'Nothing was saved: the newer values were kept.' }
  if (result === 'gone') return { message: 'Nothing was saved: somebody has removed this instrument.' }
  const fields = (result.details.fields ?? []) as readonly { path: string; message: string }[]
  const { requestId } = result
  if (result.code === 'CARD_NUMBER_REFUSED') {
    return { message: 'Clientele never stores card numbers. Take it out and save again.', requestId }
  }
  if (fields.length === 0)
    return { message: `This was not saved: ${result.message}. What you typed is still here.`, requestId }
  const place = (path: string) => (path.startsWith('exp') ? 'expiry' : path)
  return {
    message: 'This was not saved: some fields need another look.',
    fields: Object.fromEntries(fields.map(({ path, message }) => [place(path), message])),
    requestId,
  }
}

export type ProfileWrites = {
  /** Prefers an instrument, or none, at once on the screen; takes that back when the server refuses. */
  prefer: (profile: ProfileView, next: number | null) => Promise<void>
  /** Sends the changed fields; answers what went wrong. */
  edit: (opened: InstrumentView, edit: InstrumentEdit) => Promise<FormProblem | undefined>
  /** Removes for good; `next` follows as the preferred one. Answers what went wrong. */
  remove: (instrument: InstrumentView, next: number | null) => Promise<Failure | undefined>
  link: (link: Link, name: string) => Promise<Failure | undefined>
  unlink: (link: Link, name: string) => Promise<void>
}

/** The changes of one profile, each with its Undo where there is an inverse. */
export function useProfileWrites(): ProfileWrites {
  const client = useQueryClient()
  const { m } = useDesk()
  const ask = useConfirm()
  return useMemo(() => {
    // Everything on the screen that may show the profile; what is not on the screen is asked when it is next.
    const refresh = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === m })

    async function prefer(profile: ProfileView, next: number | null): Promise<void> {
      const { queryKey } = profileRead(m, profile.profileGuid)
      const before = client.getQueryData<ProfileView>(queryKey)
      const marked = profile.instruments.map((each) => ({ ...each, isPreferred: each.id === next }))
      client.setQueryData(queryKey, { ...profile, instruments: marked, preferredInstrumentId: next })
      const result = await choose(m, ask, profile, next).catch(() => UNREACHABLE)
      if (result === 'kept' || 'code' in result) {
        client.setQueryData(queryKey, before)
        if (result !== 'kept') sayFailed('The preferred instrument was not changed', result)
        return refresh()
      }
      const { seen, version } = result
      const after = { ...seen, preferredInstrumentId: next, version }
      notify({
        title: next === null ? 'No instrument is preferred now' : `${nameOf(seen, next)} is preferred now`,
        undo: () => prefer(after, seen.preferredInstrumentId),
      })
      return refresh()
    }

    async function edit(opened: InstrumentView, changes: InstrumentEdit): Promise<FormProblem | undefined> {
      const result = await change(m, ask, opened, changes).catch(() => UNREACHABLE)
      if (typeof result === 'string' || 'code' in result) return problemOf(result)
      const { instrument } = result
      const inverse = partOf(opened, fieldsOf(changes))
      notify({
        title: `${instrumentText(instrument)} was saved`,
        undo: async () => {
          const problem = await edit(instrument, inverse)
          if (problem) notify({ title: 'This was not undone', description: problem.message, failed: true })
        },
      })
      void refresh()
    }

    async function remove(instrument: InstrumentView, next: number | null): Promise<Failure | undefined> {
      const input = { id: instrument.id, expectedVersion: instrument.version, next }
      const answer = await reached(removeInstrumentAction(m, input))
      if (!answer.ok) return answer.error
      notify({ title: `${instrumentText(instrument)} was removed` })
      void refresh()
    }

    async function link(what: Link, name: string): Promise<Failure | undefined> {
      const answer = await reached(linkCustomerAction(m, what))
      if (!answer.ok) return answer.error
      notify({ title: `${name} was linked`, undo: () => unlink(what, name) })
      void refresh()
    }

    async function unlink(what: Link, name: string): Promise<void> {
      const answer = await reached(unlinkCustomerAction(m, what))
      if (!answer.ok) return sayFailed(`${name} was not unlinked`, answer.error)
      const again = async () => {
        const failure = await link(what, name)
        if (failure) sayFailed(`${name} was not linked again`, failure)
      }
      notify({ title: `${name} was unlinked`, undo: again })
      await refresh()
    }

    return { prefer, edit, remove, link, unlink }
  }, [client, m, ask])
}
