'use client'

/**
 * Sends a form to next-auth as its own client library does, which would weigh as much as the rest of the page. Answers
 * with the error code, null when it worked; rejects when the server cannot be reached.
 */
export async function authPost(action: string, fields: Record<string, string>): Promise<string | null> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' })
  const res = await fetch(`/api/auth/${action}`, { method: 'POST', body })
  if (!res.ok) return 'INTERNAL'
  const { url } = (await res.json()) as { url: string }
  return new URL(url, location.origin).searchParams.get('error')
}
