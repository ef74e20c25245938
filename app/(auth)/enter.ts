'use client'

import { authPost } from './auth-post.ts'

const minutes = (seconds: number) => {
  if (seconds < 60) return `${seconds} ${seconds === 1 ? 'second' : 'seconds'}`
  const rounded = Math.ceil(seconds / 60)
  return `${rounded} ${rounded === 1 ? 'minute' : 'minutes'}`
}

function sentenceOf(error: string): string {
  const [code, more = ''] = error.split(':')
  if (code === 'RATE_LIMITED') return `Too many tries. Wait ${minutes(Number(more) || 60)}, then try again.`
  if (more === 'suspended') return 'This account is suspended. Ask an administrator of your team to resume it.'
  if (more === 'no_membership')
    return 'This account is not a member of any merchant. Ask an administrator to invite you.'
  if (code === 'CREDENTIALS_INVALID') return 'E-mail or password is not right.'
  if (code === 'UNREACHABLE') return 'The server could not be reached. Check the connection and try again.'
  if (code === 'WRITER_BUSY') return 'The server is busy. Try again in a moment.'
  return 'Signing in did not work. Try again in a moment.'
}

/** Signs in and goes to `next`, a path of our own; answers with one sentence when that did not work. */
export async function enter(email: string, password: string, next: string): Promise<string | undefined> {
  const error = await authPost('callback/credentials', { email, password, callbackUrl: '/' }).catch(() => 'UNREACHABLE')
  if (error !== null) return sentenceOf(error)
  // A whole load, so that nothing of an earlier person stays in memory.
  location.assign(next)
  return undefined
}
