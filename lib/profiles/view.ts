// Profiles as the dashboard gets them: what the queries answer, dates as text.
import type { Json } from '../core/json.ts'
import { plain } from '../core/json.ts'
import type { Page } from '../core/page.ts'
import type { Profile, ProfileItem } from './queries.ts'

export type ProfileItemView = Json<ProfileItem>
export type ProfilePageView = Json<Page<ProfileItem>>
export type ProfileView = Json<Profile>

export const profileView = (profile: Profile): ProfileView => plain(profile)
export const profilePageView = (page: Page<ProfileItem>): ProfilePageView => plain(page)
