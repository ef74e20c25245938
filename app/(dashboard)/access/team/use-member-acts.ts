'use client'

import { useQueryClient } from '@tanstack/react-query'
import { LogOut, UserCog, UserMinus, UserRoundCheck, UserRoundX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useConfirm } from '#components/confirm'
import type { MenuAction } from '#components/ui/menu'
import { useDesk } from '../../desk.tsx'
import { endAllSessionsAction, removeMemberAction, resumeAction, suspendAction } from '../actions.ts'
import { type Member, sessionsRead } from '../reads.ts'
import { mayGrant } from '../rights.ts'
import { sayNotUndone, useDo } from '../use-act.ts'

type Membership = Member['memberships'][number]

/** True when nobody else keeps the merchant: its only owner who is not suspended. */
export function isLastOwner(member: Member, at: Membership, team: readonly Member[]): boolean {
  if (at.role !== 'owner' || member.suspendedAt) return false
  return !team.some(
    (other) =>
      other.id !== member.id &&
      !other.suspendedAt &&
      other.memberships.some(({ merchantId, role }) => merchantId === at.merchantId && role === 'owner'),
  )
}

const sessionsText = (count: number | undefined): string => {
  if (count === undefined) return 'Their sessions end at once.'
  if (count === 0) return 'They are not signed in anywhere at the moment.'
  return count === 1 ? 'Their one session ends at once.' : `Their ${count} sessions end at once.`
}

/** Suspend, resume, remove and end sessions: each asks with its consequence, and says what came of it. */
function useMemberWrites(me: number | null) {
  const { m } = useDesk()
  const client = useQueryClient()
  const router = useRouter()
  const ask = useConfirm()
  const run = useDo()
  return useMemo(() => {
    const live = async (staffId: number): Promise<number | undefined> =>
      (await client.fetchQuery(sessionsRead(m, staffId)).catch(() => undefined))?.length

    const setSuspended = ({ id, name }: Pick<Member, 'id' | 'name'>, on: boolean): Promise<string | undefined> =>
      run(
        (at) => (on ? suspendAction(at, { staffId: id }) : resumeAction(at, { staffId: id })),
        () => ({
          title: on ? `${name} was suspended` : `${name} may sign in again`,
          undo: async () => sayNotUndone(await setSuspended({ id, name }, !on)),
        }),
      )

    async function suspend(member: Member) {
      await ask({
        title: `Suspend ${member.name}?`,
        body: `${sessionsText(await live(member.id))} They cannot sign in and their own keys stop working until you resume them.`,
        action: `Suspend ${member.name}`,
        danger: true,
        run: () => setSuspended(member, true),
      })
    }

    async function resume(member: Member) {
      await ask({
        title: `Resume ${member.name}?`,
        body: 'They can sign in again with their old password and get back every right they had.',
        action: `Resume ${member.name}`,
        run: () => setSuspended(member, false),
      })
    }

    async function remove({ id, name }: Member, { merchantId, merchantName, role }: Membership) {
      await ask({
        title: `Remove ${name} from ${merchantName}?`,
        body: `They lose the role ${role} at ${merchantName} and everything below it at once. What they did stays in the audit trail. To come back they need a new invitation.`,
        action: `Remove ${name}`,
        danger: true,
        run: () =>
          run(
            (at) => removeMemberAction(at, { staffId: id, merchantId }),
            () => {
              if (id === me) router.refresh()
              return { title: `${name} was removed from ${merchantName}` }
            },
          ),
      })
    }

    async function endSessions({ id, name }: Member) {
      await ask({
        title: `End all sessions of ${name}?`,
        body: `${sessionsText(await live(id))} They can sign in again. What they have not saved is lost.`,
        action: `End sessions of ${name}`,
        danger: true,
        run: () =>
          run(
            (at) => endAllSessionsAction(at, { staffId: id }),
            () => ({ title: `${name} was signed out everywhere` }),
          ),
      })
    }
    return { suspend, resume, remove, endSessions }
  }, [m, client, router, ask, run, me])
}

type Acts = { member: Member; team: readonly Member[]; onChangeRole: (at: Membership) => void }

const BEYOND = 'can do more than you'
const LAST = 'last owner, one must stay'

/** What the reader may do with a member; what a rule forbids stands there with its reason. */
export function useMemberActs(me: number | null) {
  const { can } = useDesk()
  const writes = useMemberWrites(me)
  return ({ member, team, onChangeRole }: Acts): MenuAction[] => {
    if (!can('team:write')) return []
    const several = member.memberships.length > 1
    const beyond = member.memberships.some(({ role }) => !mayGrant(can, role))
    const lastAnywhere = member.memberships.some((at) => isLastOwner(member, at, team))
    const guarded = (reason: string | false) => (reason ? { disabled: true, hint: reason } : {})
    const each = (label: string, of: (at: Membership) => Omit<MenuAction, 'label'>): MenuAction[] =>
      member.memberships.map((at) => ({ label: several ? `${label} at ${at.merchantName}` : label, ...of(at) }))
    const own = member.id === me
    return [
      ...each('Change role', (at) => ({
        icon: UserCog,
        onSelect: () => onChangeRole(at),
        ...guarded(!mayGrant(can, at.role) ? BEYOND : isLastOwner(member, at, team) && LAST),
      })),
      {
        label: 'End all sessions',
        icon: LogOut,
        onSelect: () => void writes.endSessions(member),
        ...guarded(beyond && BEYOND),
      },
      ...(own
        ? []
        : [
            member.suspendedAt
              ? {
                  label: 'Resume',
                  icon: UserRoundCheck,
                  onSelect: () => void writes.resume(member),
                  ...guarded(beyond && BEYOND),
                }
              : {
                  label: 'Suspend',
                  icon: UserRoundX,
                  onSelect: () => void writes.suspend(member),
                  ...guarded(beyond ? BEYOND : lastAnywhere && LAST),
                },
          ]),
      ...each('Remove', (at) => ({
        icon: UserMinus,
        danger: true,
        onSelect: () => void writes.remove(member, at),
        ...guarded(!mayGrant(can, at.role) ? BEYOND : isLastOwner(member, at, team) && LAST),
      })),
    ]
  }
}
