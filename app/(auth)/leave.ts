'use client'

import { authPost } from './auth-post.ts'

/** Ends the session on the server, clears what the browser kept, and goes to the sign-in. Rejects when it lives on. */
export async function leave(): Promise<void> {
  const error = await authPost('signout', { callbackUrl: '/' })
  if (error !== null) throw new Error(error)
  location.replace('/sign-in')
}
