/** How complete a customer's record is: the share of eight things that are there. Browser-safe, pure. */
export const COMPLETENESS_FIELDS = [
  'name',
  'email',
  'phone',
  'dateOfBirth',
  'billingAddress',
  'instrument',
  'lawfulBasis',
  'language',
] as const
export type CompletenessField = (typeof COMPLETENESS_FIELDS)[number]

/** What the share is counted from. `instrument` is a preferred one that is usable, `lawfulBasis` any in force. */
export type CompletenessInput = { [field in CompletenessField]?: string | boolean | null | undefined }

/** `share` is a whole percentage, 0 to 100; `missing` keeps the order above. A name that only repeats the e-mail is none. */
export const completeness = (input: CompletenessInput): { share: number; missing: CompletenessField[] } => {
  const known = input.name === input.email ? { ...input, name: null } : input
  const missing = COMPLETENESS_FIELDS.filter((field) => !known[field])
  return { share: Math.round(100 * (1 - missing.length / COMPLETENESS_FIELDS.length)), missing }
}
