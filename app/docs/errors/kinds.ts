// What each kind of error means for whoever gets it, and what to do.
import { errorSlug } from '#lib/api/problem'
import { ERRORS, type ErrorCode, type ErrorKind } from '#lib/core/errors'

export const KINDS: Record<ErrorKind, { title: string; advice: string }> = {
  invalid: {
    title: 'The request is not valid',
    advice:
      'Change the request: errors names each field with a sentence, error.details.fields with a stable code. Repeating it as it is changes nothing.',
  },
  unauthenticated: {
    title: 'Nobody is signed in',
    advice:
      'Send a valid key as X-API-Key or Authorization: Bearer, or get a new staff token from POST /api/auth/login.',
  },
  forbidden: {
    title: 'This is not allowed',
    advice: 'The credential is valid and lacks something: error.details names the permission, or what else is missing.',
  },
  not_found: {
    title: 'It is not there',
    advice:
      'It does not exist, or it is not yours: both look the same. Check the id and the merchant that the credential acts at.',
  },
  conflict: {
    title: 'It does not fit to what is stored',
    advice: 'Read the current state, decide, and send again. error.details says what it collides with.',
  },
  precondition: {
    title: 'It changed meanwhile',
    advice: 'Read the object again, apply the change to its newest version and send its ETag as If-Match.',
  },
  rate_limited: {
    title: 'Too many requests',
    advice: 'Wait for the seconds of Retry-After, then go on more slowly.',
  },
  unavailable: {
    title: 'The server cannot do it right now',
    advice: 'Repeat the same request after Retry-After, with the same Idempotency-Key, so that it has one effect.',
  },
  internal: {
    title: 'A fault of ours',
    advice: 'Repeat it with the same Idempotency-Key. If it stays, give the request id to whoever runs this server.',
  },
}

export const CODES = Object.keys(ERRORS) as ErrorCode[]
export const codeOf = (slug: string): ErrorCode | undefined => CODES.find((code) => errorSlug(code) === slug)
