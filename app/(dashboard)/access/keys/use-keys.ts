'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { KeyRound, Pencil, RotateCw } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useConfirm } from '#components/confirm'
import { useNow } from '#components/ui/format-provider'
import type { MenuAction } from '#components/ui/menu'
import { PERMISSIONS } from '#lib/core/permissions'
import { useDesk } from '../../desk.tsx'
import { readError } from '../../internal.ts'
import { useAddress } from '../../use-address.ts'
import { revokeKeyAction } from '../actions.ts'
import { type ApiKey, keyRead, keysRead } from '../reads.ts'
import { useDo } from '../use-act.ts'
import { usedLately } from './key-marks.ts'
import { keysAddress, searchOf } from './list-address.ts'
import type { Secret } from './secret-dialog.tsx'

/** The list's state, read from the address, and the one secret on its way through the page. */
export function useKeys() {
  const { m } = useDesk()
  const { params, to, go } = useAddress()
  const address = useMemo(() => keysAddress(new URLSearchParams(params)), [params])
  const search = useMemo(() => searchOf(address), [address])
  const list = useQuery({ ...keysRead(m, search), placeholderData: keepPreviousData })
  const [secret, setSecret] = useState<Secret>()
  const [rotating, setRotating] = useState<ApiKey>()
  const listed = list.data?.data.find(({ id }) => id === address.key)
  // A pasted link may name a key of another page.
  const asked = address.key !== undefined && list.data !== undefined && !listed
  const single = useQuery({ ...keyRead(m, address.key ?? 0), enabled: asked })
  const opened = listed ?? (asked ? single.data : undefined)

  // A pasted cursor of another search means nothing here: the list starts at its first page instead of failing.
  const stale = list.isError && readError(list.error).code === 'CURSOR_INVALID'
  useEffect(() => {
    if (stale) go({ cursor: undefined }, 'replace')
  }, [stale, go])

  const close = () => go({ panel: undefined, key: undefined })
  /** The secret stays out of the address, so that Back and reload cannot show it once more. */
  function show(made: Secret) {
    setRotating(undefined)
    go({ panel: undefined, key: undefined }, 'replace')
    setSecret(made)
  }
  return { m, address, list, opened, secret, rotating, setSecret, setRotating, to, go, close, show }
}

export type Keys = ReturnType<typeof useKeys>

/** What the reader may do with a key: nothing with a dead one, nor with one that can do more than they may. */
export function useKeyActs({ go, setRotating }: Pick<Keys, 'go' | 'setRotating'>) {
  const { can } = useDesk()
  const ask = useConfirm()
  const run = useDo()
  const now = useNow()

  async function revoke(key: ApiKey) {
    const busy = now !== undefined && usedLately(key, now)
    await ask({
      title: `Revoke ${key.name}?`,
      body: busy
        ? 'It was used in the last 24 hours. Whatever uses it fails from its next request on, and a revoked key never comes back.'
        : 'It fails from its next request on, and a revoked key never comes back.',
      action: `Revoke ${key.name}`,
      danger: true,
      ...(busy && { typed: key.name }),
      run: () =>
        run(
          (m) => revokeKeyAction(m, { keyId: key.id }),
          () => ({ title: `${key.name} was revoked` }),
        ),
    })
  }

  return (key: ApiKey): MenuAction[] => {
    if (!can('keys:write') || key.state === 'revoked') return []
    const holds = PERMISSIONS.every((one) => can(one) || !(key.scopes.includes('*') || key.scopes.includes(one)))
    const beyond = holds ? {} : { disabled: true, hint: 'can do more than you' }
    return [
      { label: 'Edit', icon: Pencil, onSelect: () => go({ panel: 'edit', key: String(key.id) }), ...beyond },
      { label: 'Rotate', icon: RotateCw, onSelect: () => setRotating(key), ...beyond },
      { label: 'Revoke', icon: KeyRound, danger: true, onSelect: () => void revoke(key) },
    ]
  }
}
