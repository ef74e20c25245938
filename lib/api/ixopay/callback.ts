// A callback of the payment API: the documented JSON about a result, signed like the request that started it.
import type { CallbackRow } from '../../callbacks/queue.ts'
import { signatureOf } from '../../gateway/signature.ts'
import { callbackSource } from '../../transactions/callback-source.ts'
import { toCallback } from './map.ts'

/** Exactly this spelling is signed, and clients that are in use assume it. */
const CONTENT_TYPE = 'application/json; charset=utf-8'

/** Headers and body of one attempt. `Date` and `X-Date` say the same, since clients read either. */
export async function renderCallback(
  row: CallbackRow,
  at: Date,
): Promise<{ headers: Record<string, string>; body: string }> {
  const { transaction, sharedSecret } = await callbackSource(row)
  const body = JSON.stringify(toCallback(transaction))
  const date = at.toUTCString()
  const url = new URL(row.url)
  const signature = signatureOf({
    secret: sharedSecret,
    method: 'POST',
    bodyHash: row.bodyHash,
    body,
    contentType: CONTENT_TYPE,
    date,
    requestUri: url.pathname + url.search,
  })
  return { headers: { 'Content-Type': CONTENT_TYPE, Date: date, 'X-Date': date, 'X-Signature': signature }, body }
}
