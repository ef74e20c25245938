// Profiles as the dashboard gets them: what the queries answer, dates as text.
import type { Json } from '../core/json.ts'
import { plain } from '../core/json.ts'
import type { Profile } from './queries.ts'

export type ProfileView = Json<Profile>

export const profileView = (profile: Profile): ProfileView => plain(profile)
