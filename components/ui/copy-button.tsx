'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from './button.tsx'
import { cn } from './cn.tsx'

export type CopyButtonProps = { value: string; label?: string; className?: string }

/** Copies, then says "Copied" for two seconds, in the tip and to screen readers. */
export function CopyButton({ value, label = 'Copy', className }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 2000)
    return () => clearTimeout(timer)
  }, [state])

  async function copy() {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
    } catch {
      setState('failed')
    }
  }

  const said = state === 'copied' ? 'Copied' : 'Copying was blocked; select the text instead'
  return (
    <>
      <IconButton label={label} size="small" className={className} onClick={copy}>
        {state === 'copied' ? <Check aria-hidden strokeWidth={1.5} /> : <Copy aria-hidden strokeWidth={1.5} />}
      </IconButton>
      <span role="status" className={cn('text-small', state === 'idle' ? 'sr-only' : 'text-muted')}>
        {state === 'idle' ? '' : said}
      </span>
    </>
  )
}

export type IdValueProps = { value: string; label?: string; copy?: boolean; whole?: boolean }

/** An id, token or key: monospaced, left to right, shortened in the middle, with a copy button unless refused. */
export function IdValue({ value, label = 'id', copy = true, whole }: IdValueProps) {
  const shown = whole || value.length <= 20 ? value : `${value.slice(0, 8)}…${value.slice(-6)}`
  return (
    <span className="-my-1 inline-flex max-w-full items-center gap-1">
      <code
        dir="ltr"
        title={shown === value ? undefined : value}
        className="min-w-0 font-mono text-small wrap-anywhere"
      >
        {shown}
      </code>
      {copy && <CopyButton value={value} label={`Copy ${label}`} />}
    </span>
  )
}
