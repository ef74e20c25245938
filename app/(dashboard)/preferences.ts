'use server'

import { type Preferences, saveStaffPreference } from '#lib/access/preferences'
import { runAction } from '#lib/web/action'

export async function savePreferencesAction(m: number, preferences: Preferences['preferences']) {
  return runAction(m, saveStaffPreference, { preferences })
}
