// What went wrong, in sentences; the same for dialogs, forms and toasts of the access screens.
import type { FormProblem } from '#components/form-summary'
import type { Outcome } from '#components/step-up'

export type Refusal = Extract<Outcome<unknown>, { ok: false }>['error']

const SENTENCES: Readonly<Record<string, string>> = {
  LAST_OWNER: 'This is the last active owner of the merchant, and one must stay. Make somebody else an owner first.',
  MEMBERSHIP_EXISTS: 'This person is a member here already.',
  STALE_WRITE: 'Somebody else changed this first. Close it, look at it again and repeat your change.',
  STEP_UP_REQUIRED: 'You did not confirm your password, so nothing was changed.',
  USER_NOT_FOUND: 'This person is no member here any more.',
  LINK_NOT_FOUND: 'This invitation was accepted or withdrawn meanwhile.',
  SESSION_NOT_FOUND: 'This session has ended already.',
  API_KEY_NOT_FOUND: 'This key was revoked meanwhile.',
  CARD_NUMBER_REFUSED: 'Clientele never stores card numbers. Take it out and save again.',
  CREDENTIALS_MISSING: 'Your session has ended. Sign in again; nothing was changed.',
}

function missing({ permission, reason, role }: Refusal['details']): string {
  if (reason === 'own_role') return 'You cannot raise your own role.'
  if (reason === 'member_elsewhere') {
    return 'This person also works at a merchant that is not yours, so only somebody responsible for both can do this.'
  }
  if (role)
    return `You cannot hand out or change the role ${String(role)}: it can do more than you (${String(permission)}).`
  return `You may not do this: it needs ${String(permission)}.`
}

/** One plain sentence: what happened and what to do. */
export function sentenceOf({ code, message, details, requestId }: Refusal): string {
  if (code === 'PERMISSION_MISSING') return missing(details)
  const known = SENTENCES[code]
  if (known) return known
  return `${message}. Nothing was changed.${requestId ? ` Request ${requestId}.` : ''}`
}

const capital = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase())

/** The same on the fields of a form; `networks.2` belongs to the field `networks`. */
export function problemOf(error: Refusal): FormProblem {
  const fields = (error.details.fields ?? []) as readonly { path: string; message: string }[]
  if (fields.length === 0) return { message: sentenceOf(error) }
  return {
    message: 'This was not saved: some fields need another look.',
    fields: Object.fromEntries(fields.map(({ path, message }) => [path.split('.')[0] ?? path, capital(message)])),
    requestId: error.requestId,
  }
}
