// What the browser reads after a page has loaded: the same queries as the pages, by the session's cookie, GET only.
export type ReadError = {
  code: string
  message: string
  requestId?: string
  status: number
  details?: Record<string, unknown>
}

const UNREACHABLE: ReadError = {
  code: 'UNREACHABLE',
  message: 'The server could not be reached. Check the connection and try again.',
  status: 0,
}

/** The error in whatever a failed read threw. */
export function readError(err: unknown): ReadError {
  return typeof err === 'object' && err !== null && 'code' in err && 'status' in err ? (err as ReadError) : UNREACHABLE
}

type ErrorBody = {
  requestId?: string
  error?: { code?: string; message?: string; details?: Record<string, unknown> }
}

async function errorOf(answer: Response): Promise<ReadError> {
  const body = (await answer.json().catch(() => ({}))) as ErrorBody
  const { code = 'INTERNAL', message = 'Something went wrong on our side', details } = body.error ?? {}
  const requestId = body.requestId ?? answer.headers.get('x-request-id') ?? undefined
  return { code, message, details, status: answer.status, requestId }
}

/**
 * Asks for the read `name` at merchant `m`. Throws a `ReadError`, also when the server is not reachable; a session that
 * has ended leads to the sign-in, which comes back here.
 */
export async function fetchInternal<T>(name: string, m: number, input: unknown = {}, signal?: AbortSignal): Promise<T> {
  const query = new URLSearchParams({ m: String(m), input: JSON.stringify(input) })
  const answer = await fetch(`/api/internal/${name}?${query}`, {
    headers: { accept: 'application/json' },
    signal,
  }).catch((err: unknown) => {
    throw signal?.aborted ? err : UNREACHABLE
  })
  if (answer.ok) return (await answer.json()) as T
  const error = await errorOf(answer)
  if (error.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`)
  }
  throw error
}
