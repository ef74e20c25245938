'use client'

import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { holdsCardNumber } from './card-number.ts'
import { useShortcuts } from './shortcuts.tsx'
import { IconButton } from './ui/button.tsx'

export type SearchBoxProps = {
  /** What is searched: "Search customers". */
  label: string
  value: string
  /** Called 150 ms after the last key, at once on Enter. */
  onChange: (value: string) => void
  hint?: string
}

const pauseMs = 150

/** The search of a list; `/` goes there, Escape empties it. */
export function SearchBox({ label, value, onChange, hint }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [text, setText] = useState(value)
  const [refused, setRefused] = useState(false)
  const sent = useRef(value)

  // The address may change under the box, by Back or by "Clear filters"; what is being typed wins over its own echo.
  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => () => clearTimeout(timer.current), [])
  useShortcuts([{ keys: '/', label: 'Search this list', group: 'In a list', run: () => input.current?.focus() }])

  function type(next: string) {
    const card = holdsCardNumber(next)
    setRefused(card)
    setText(card ? '' : next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => send(card ? '' : next), pauseMs)
  }

  function send(next: string) {
    clearTimeout(timer.current)
    if (next === sent.current) return
    sent.current = next
    onChange(next)
  }

  function clear() {
    setText('')
    send('')
    input.current?.focus()
  }

  return (
    <search className="relative min-w-0 flex-1 basis-60 sm:max-w-100">
      <Search
        aria-hidden
        strokeWidth={1.5}
        className="pointer-events-none absolute inset-s-2 top-2 size-4 text-muted pointer-coarse:top-3.5"
      />
      <input
        ref={input}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label={label}
        placeholder={label}
        title={hint}
        value={text}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(text)
          if (event.key === 'Escape' && text) clear()
        }}
        className="control ps-8 pe-9"
      />
      {text && (
        <IconButton
          label="Clear search"
          size="small"
          className="absolute inset-e-0.5 top-0.5 pointer-coarse:top-0"
          onClick={clear}
        >
          <X aria-hidden strokeWidth={1.5} />
        </IconButton>
      )}
      <p role="alert" className="text-small text-danger-text">
        {refused && 'Clientele never stores card numbers. Search by the last four digits instead.'}
      </p>
    </search>
  )
}
