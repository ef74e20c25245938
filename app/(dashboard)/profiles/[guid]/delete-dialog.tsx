'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useStepUp } from '#components/step-up'
import { AlertDialog } from '#components/ui/alert-dialog'
import { notify } from '#components/ui/toast'
import type { ProfileView } from '#lib/profiles/view'
import { useDesk } from '../../desk.tsx'
import { deleteProfileAction } from '../actions.ts'
import { type DeletionImpact, impactRead } from '../reads.ts'

type DeleteDialogProps = { profile: ProfileView; onClose: () => void }

/** Deletes the profile for good, after its guid was typed and the password proven. */
export function DeleteDialog({ profile, onClose }: DeleteDialogProps) {
  const { m } = useDesk()
  const router = useRouter()
  const client = useQueryClient()
  const stepUp = useStepUp()
  const deleted = useRef(false)
  const { profileGuid } = profile
  const impact = useQuery({ ...impactRead(m, profileGuid), staleTime: 0 })

  async function run(): Promise<string | undefined> {
    const answer = await stepUp(() => deleteProfileAction(m, { profileGuid, confirm: profileGuid }))
    if (!answer.ok) {
      const { code, message, requestId } = answer.error
      if (code === 'STEP_UP_REQUIRED') return 'Nothing was deleted: your password was not confirmed.'
      return `Nothing was deleted: ${message}. Request ${requestId}`
    }
    deleted.current = true
    notify({ title: `${profileGuid} was deleted`, description: gone(answer.data) })
    router.replace(`/profiles?m=${m}`)
    // The page that still shows it must not ask for it again: only what other pages know is out of date.
    await client.invalidateQueries({ predicate: ({ queryKey: [, merchant] }) => merchant === m, refetchType: 'none' })
  }

  return (
    <AlertDialog
      open
      // The way to the list must not be crossed by the way back to a profile that is gone.
      onOpenChange={(open) => open || deleted.current || onClose()}
      title="Delete this profile for good?"
      body={
        <div className="flex flex-col gap-2">
          <p role="status">{consequence(impact.data, impact.isError)}</p>
          <p>This cannot be undone. Customers stay, without the profile.</p>
        </div>
      }
      typed={profileGuid}
      action={{ label: 'Delete profile', danger: true, run }}
    />
  )
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

function consequence(impact: DeletionImpact | undefined, failed: boolean): string {
  if (!impact) {
    return failed
      ? 'How much would be lost could not be counted. The profile, its customer data and all its instruments would go.'
      : 'Counting what would be lost …'
  }
  const { instruments, merchants } = impact
  const losers =
    merchants === 0 ? '' : `, and ${counted(merchants, 'merchant')} ${merchants === 1 ? 'loses' : 'lose'} it`
  return `The profile goes with its customer data and ${counted(instruments, 'instrument')}${losers}.`
}

const gone = ({ instruments, merchants }: DeletionImpact): string =>
  `${counted(instruments, 'instrument')} went with it, at ${counted(merchants, 'merchant')}.`
