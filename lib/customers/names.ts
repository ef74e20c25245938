/** How a customer's names hang together. Browser-safe, pure. */

type Text = string | null | undefined
export type Names = { name?: Text; firstName?: Text; lastName?: Text; company?: Text; email?: Text }

/** Splits once, at the last space: `Ana María Silva` → `Ana María` and `Silva`. One word is a first name. */
export const splitName = (name: string): { firstName: string; lastName: string | null } => {
  const trimmed = name.trim()
  const [, firstName, lastName] = /^(.*\S)\s+(\S+)$/su.exec(trimmed) ?? []
  return firstName === undefined || lastName === undefined
    ? { firstName: trimmed, lastName: null }
    : { firstName, lastName }
}

/** What the other fields give as a name: first and last, else the company, else the e-mail, else nothing. */
export const derivedName = ({ firstName, lastName, company, email }: Names): string =>
  [firstName, lastName].filter(Boolean).join(' ') || company || email || ''

/**
 * The display name of a customer as it will be stored. `after` holds the other fields as they will be, and `name` as it
 * was written: absent if it was not, null or empty to clear it. `before` is what is stored, absent on create. A written
 * name wins; else it follows the other fields while it still equals what they gave before. Sending the stored name back
 * counts as not written.
 */
export const displayName = (after: Names, before?: Names): string => {
  if (after.name === null || after.name === '') return derivedName(after)
  if (after.name !== undefined && after.name !== before?.name) return after.name
  return !before?.name || before.name === derivedName(before) ? derivedName(after) : before.name
}

const merged = (before: Text, patch: Text): string | null => (patch === undefined ? before : patch) || null

/**
 * All names after a write. `patch` has what was sent (absent keeps, null or empty clears). A name written to a customer
 * without first and last name is split once, and its text is kept; later writes of it change the display name only. A
 * name that is the company's is nobody's, so it is not split.
 */
export const resolveNames = (patch: Names, before?: Names) => {
  const after = {
    firstName: merged(before?.firstName, patch.firstName),
    lastName: merged(before?.lastName, patch.lastName),
    company: merged(before?.company, patch.company),
    email: merged(before?.email, patch.email),
  }
  const name = displayName({ ...after, name: patch.name }, before)
  const isNew = Boolean(patch.name) && patch.name !== before?.name && patch.name !== after.company
  return { ...after, ...(isNew && !after.firstName && !after.lastName ? splitName(name) : {}), name }
}
