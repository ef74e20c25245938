'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { type Question, useConfirm } from './confirm.tsx'

// Forms that hold unsaved input, each with what is asked about it. Whoever closes a drawer or leaves a page asks
// `useLeave`, not each form.
const dirtyForms = new Map<symbol, Question>()

const question: Question = {
  title: 'Leave without saving?',
  body: 'What you typed here is not saved and will be lost.',
  action: 'Leave without saving',
  danger: true,
}

/** Answers true when nothing is unsaved, or when the reader says it may be lost. */
export function useLeave(): () => Promise<boolean> {
  const confirm = useConfirm()
  return useCallback(async () => {
    const [first] = dirtyForms.values()
    if (!first) return true
    const leaves = await confirm(first)
    if (leaves) dirtyForms.clear()
    return leaves
  }, [confirm])
}

/**
 * While `dirty`, asks before a link, Back, Forward, reload or closing the tab takes unsaved input away.
 * Calls of the router itself are not caught: a button that leaves asks `useLeave` first. `asked`, a constant, replaces
 * the question where something else than typed input would be lost.
 */
export function useUnsavedGuard(dirty: boolean, asked: Question = question) {
  const router = useRouter()
  const leave = useLeave()
  const key = useRef(Symbol('form'))

  useEffect(() => {
    const own = key.current
    if (!dirty) return
    dirtyForms.set(own, asked)
    return () => {
      dirtyForms.delete(own)
    }
  }, [dirty, asked])

  useEffect(() => {
    if (!dirty) return
    function beforeUnload(event: BeforeUnloadEvent) {
      if (dirtyForms.size > 0) event.preventDefault()
    }
    async function click(event: MouseEvent) {
      const address = leavingAddress(event)
      if (address === undefined || dirtyForms.size === 0) return
      event.preventDefault()
      event.stopPropagation()
      if (await leave()) router.push(address)
    }
    addEventListener('beforeunload', beforeUnload)
    document.addEventListener('click', click, true)
    const stop = guardHistory(leave)
    return () => {
      removeEventListener('beforeunload', beforeUnload)
      document.removeEventListener('click', click, true)
      stop()
    }
  }, [dirty, leave, router])
}

/** The address a plain click on a link of this site goes to; undefined for everything else. */
function leavingAddress(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return undefined
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.href || link.target || link.hasAttribute('download')) return undefined
  const address = new URL(link.href)
  if (address.origin !== location.origin) return undefined
  const samePage = address.pathname === location.pathname && address.search === location.search
  return samePage ? undefined : `${address.pathname}${address.search}${address.hash}`
}

/** Back and Forward can be held up only where the Navigation API exists; elsewhere they leave. */
function guardHistory(leave: () => Promise<boolean>): () => void {
  if (!('navigation' in window)) return () => {}
  const { navigation } = window
  async function navigate(event: NavigateEvent) {
    if (event.navigationType !== 'traverse' || !event.cancelable || dirtyForms.size === 0) return
    const to = new URL(event.destination.url)
    if (to.pathname === location.pathname && to.search === location.search) return
    const key = event.destination.key
    event.preventDefault()
    if (await leave()) navigation.traverseTo(key)
  }
  navigation.addEventListener('navigate', navigate)
  return () => navigation.removeEventListener('navigate', navigate)
}
