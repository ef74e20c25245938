// What the server said about a form, on the form's own fields.
import type { FormProblem } from '#components/form-summary'
import type { ActionError } from './save-edit.ts'
import { REASON_WORDS } from './words.ts'

const PLACES: readonly (readonly [from: RegExp, to: string])[] = [
  [/^fields\./, ''],
  [/^billingAddress$/, 'billing.line'],
  [/^billingAddress\./, 'billing.'],
  [/^shippingAddress$/, 'shipping.line'],
  [/^shippingAddress\./, 'shipping.'],
  [/^preferences\.notifications/, 'notify'],
  [/^preferences\.communication/, 'contact'],
  [/^preferences\./, ''],
  [/^(ccEmails|ccPhones)\..*/, '$1'],
]

const placeOf = (path: string): string => PLACES.reduce((at, [from, to]) => at.replace(from, to), path)

const sentence = (text: string): string => text.replace(/^./, (letter) => letter.toUpperCase())

type Candidate = { reasons?: readonly string[] }

function duplicatesSentence(candidates: readonly Candidate[]): string {
  const reasons = [...new Set(candidates.flatMap((each) => each.reasons ?? []))].map(
    (reason) => REASON_WORDS[reason] ?? reason,
  )
  const count = candidates.length === 1 ? 'A customer' : `${candidates.length} customers`
  return `${count} like this exists already (${reasons.join(', ')}). This merchant does not keep duplicates, so nothing was saved.`
}

/** The sentence of the summary and of each field. What was typed stays in the form. */
export function problemOf(error: ActionError): FormProblem {
  const { code, message, details, requestId } = error
  const fields = (details.fields ?? []) as readonly { path: string; message: string }[]
  if (fields.length > 0) {
    return {
      message: 'This was not saved: some fields need another look.',
      fields: Object.fromEntries(fields.map(({ path, message: text }) => [placeOf(path), sentence(text)])),
      requestId,
    }
  }
  if (code === 'CUSTOMER_DUPLICATE') {
    return { message: duplicatesSentence((details.possibleDuplicates ?? []) as readonly Candidate[]), requestId }
  }
  if (code === 'CARD_NUMBER_REFUSED')
    return { message: 'Clientele never stores card numbers. Take it out and save again.', requestId }
  if (code === 'PERMISSION_MISSING')
    return { message: `You may not save this: it needs ${String(details.permission)}.`, requestId }
  return { message: `This was not saved: ${message}. What you typed is still here.`, requestId }
}
