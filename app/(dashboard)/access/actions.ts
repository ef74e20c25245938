'use server'

import type { z } from 'zod'
import { inviteStaff, resendInvitation, withdrawInvitation } from '#lib/access/invitations'
import { createApiKey, revokeApiKey, rollApiKey, updateApiKey } from '#lib/access/keys'
import type {
  ApiKeyPatch,
  ApiKeyRef,
  ApiKeyRoll,
  Invitation,
  InvitationRef,
  MemberRef,
  NewApiKey,
  RoleOf,
  SessionRef,
  StaffRef,
} from '#lib/access/schema'
import { endSession } from '#lib/access/sessions'
import { endSessions, removeMember, resumeStaff, setRole, suspendStaff } from '#lib/access/team'
import { endOtherSessions } from '#lib/access/team-sessions'
import { runAction } from '#lib/web/action'

export async function inviteAction(m: number, input: z.input<typeof Invitation>) {
  return runAction(m, inviteStaff, input)
}

export async function resendInvitationAction(m: number, input: z.input<typeof InvitationRef>) {
  return runAction(m, resendInvitation, input)
}

export async function withdrawInvitationAction(m: number, input: z.input<typeof InvitationRef>) {
  return runAction(m, withdrawInvitation, input)
}

export async function setRoleAction(m: number, input: z.input<typeof RoleOf>) {
  return runAction(m, setRole, input)
}

export async function removeMemberAction(m: number, input: z.input<typeof MemberRef>) {
  return runAction(m, removeMember, input)
}

export async function suspendAction(m: number, input: z.input<typeof StaffRef>) {
  return runAction(m, suspendStaff, input)
}

export async function resumeAction(m: number, input: z.input<typeof StaffRef>) {
  return runAction(m, resumeStaff, input)
}

export async function endSessionAction(m: number, input: z.input<typeof SessionRef>) {
  return runAction(m, endSession, input)
}

export async function endAllSessionsAction(m: number, input: z.input<typeof StaffRef>) {
  return runAction(m, endSessions, input)
}

export async function endOtherSessionsAction(m: number, input: z.input<typeof endOtherSessions.schema>) {
  return runAction(m, endOtherSessions, input)
}

export async function createKeyAction(m: number, input: z.input<typeof NewApiKey>) {
  return runAction(m, createApiKey, input)
}

export async function updateKeyAction(m: number, input: z.input<typeof ApiKeyPatch>) {
  return runAction(m, updateApiKey, input)
}

export async function rollKeyAction(m: number, input: z.input<typeof ApiKeyRoll>) {
  return runAction(m, rollApiKey, input)
}

export async function revokeKeyAction(m: number, input: z.input<typeof ApiKeyRef>) {
  return runAction(m, revokeApiKey, input)
}
