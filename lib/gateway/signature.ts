// The payment API's signature: an HMAC over method, body hash, content type, date and the request line's address.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

/** SHA-512 is current; clients that are in use still sign with MD5. */
export type BodyHash = 'sha512' | 'md5'

export type Signed = {
  secret: string
  method: string
  bodyHash: BodyHash
  /** The raw bytes; nothing for a GET. */
  body: Uint8Array | string
  /** The header exactly as sent, empty if absent. */
  contentType: string
  /** The text of `X-Date`, else of `Date`, never parsed. */
  date: string
  /** Path and query exactly as on the request line. */
  requestUri: string
}

/** `X-Signature` as base64. */
export function signatureOf({ secret, method, bodyHash, body, contentType, date, requestUri }: Signed): string {
  const hashed = createHash(bodyHash).update(body).digest('hex')
  const text = [method, hashed, contentType, date, requestUri].join('\n')
  return createHmac('sha512', secret).update(text).digest('base64')
}

/** Which hash the sender used when the signature is right; undefined when it is wrong. Compared in constant time. */
export function verifiedBy(signature: string, request: Omit<Signed, 'bodyHash'>): BodyHash | undefined {
  const given = Buffer.from(signature, 'base64')
  const hashes: readonly BodyHash[] = ['sha512', 'md5']
  return hashes.find((bodyHash) => {
    const own = Buffer.from(signatureOf({ ...request, bodyHash }), 'base64')
    return own.length === given.length && timingSafeEqual(own, given)
  })
}
