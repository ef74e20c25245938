/** A customer's preferences and how a partial write changes them. Browser-safe, pure. */
export type Channels = { email?: boolean; sms?: boolean; push?: boolean }
export type Communication = { email?: boolean; sms?: boolean; phone?: boolean; post?: boolean }
export type Preferences = {
  currency?: string
  language?: string
  timeZone?: string
  paymentMethod?: string
  notifications?: boolean | Channels
  communication?: boolean | Communication
}

type Nullable<T> = { [key in keyof T]?: T[key] | null | undefined }
type Patch<T> = {
  [key in keyof T]?: (T[key] extends infer V ? (V extends object ? Nullable<V> : V) : never) | null | undefined
}
export type PreferencesPatch = Patch<Preferences>

/** Members of `patch` over those of `before`: absent keeps, null removes; undefined if nothing is left. */
const mergeMembers = <T extends object>(before: T | undefined, patch: Nullable<T>): T | undefined => {
  const merged: Partial<T> = { ...before }
  for (const key of Object.keys(patch) as (keyof T)[]) {
    const value = patch[key]
    if (value === null) delete merged[key]
    else if (value !== undefined) merged[key] = value
  }
  return Object.keys(merged).length > 0 ? (merged as T) : undefined
}

/** A boolean replaces an object and the reverse; an object is merged into an object. */
const mergeSwitch = <T extends object>(before: boolean | T | undefined, patch: boolean | Nullable<T>) =>
  typeof patch === 'boolean' ? patch : mergeMembers(typeof before === 'object' ? before : undefined, patch)

/**
 * The preferences after a write, null if none are left. `null` as patch clears all. Input is parsed before, so unknown
 * members do not occur.
 */
export const mergePreferences = (
  before: Preferences | null | undefined,
  patch: PreferencesPatch | null | undefined,
): Preferences | null => {
  if (patch === undefined) return before ?? null
  if (patch === null) return null
  const { notifications, communication, ...plain } = patch
  const { notifications: had, communication: spoke, ...kept } = before ?? {}
  const merged: Preferences = { ...mergeMembers<Preferences>(kept, plain) }
  const next =
    notifications === undefined ? had : notifications === null ? undefined : mergeSwitch<Channels>(had, notifications)
  if (next !== undefined) merged.notifications = next
  const talk =
    communication === undefined
      ? spoke
      : communication === null
        ? undefined
        : mergeSwitch<Communication>(spoke, communication)
  if (talk !== undefined) merged.communication = talk
  return Object.keys(merged).length > 0 ? merged : null
}
