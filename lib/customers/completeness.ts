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

/**
 * What the share is counted from: a customer's fields, whether a preferred usable `instrument` exists, and its consents,
 * of which one in force with a lawful basis counts as `lawfulBasis`.
 */
export type CompletenessInput = { [field in CompletenessField]?: unknown } & {
  consents?: readonly { granted: boolean; lawfulBasis?: string | null }[] | null
}

/** `percent` is whole, 0 to 100; `missing` keeps the order above. A name that only repeats the e-mail is none. */
export const completeness = (input: CompletenessInput): { percent: number; missing: CompletenessField[] } => {
  const present = {
    ...input,
    name: input.name !== input.email && input.name,
    lawfulBasis: input.lawfulBasis || input.consents?.some(({ granted, lawfulBasis }) => granted && lawfulBasis),
  }
  const missing = COMPLETENESS_FIELDS.filter((field) => !present[field])
  const percent = Math.round(100 * (1 - missing.length / COMPLETENESS_FIELDS.length))
  return { percent, missing }
}
