// Security headers and the nonce of every page, nothing else: who may see what is decided by the core alone.
import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { env } from '#lib/env'

const DEV = env.NODE_ENV === 'development'
const HTTPS = env.publicUrl.startsWith('https:')

const FEATURES =
  'accelerometer autoplay browsing-topics camera compute-pressure display-capture encrypted-media fullscreen ' +
  'gamepad geolocation gyroscope hid idle-detection interest-cohort keyboard-map local-fonts magnetometer ' +
  'microphone midi otp-credentials payment picture-in-picture publickey-credentials-create ' +
  'publickey-credentials-get screen-wake-lock serial speaker-selection storage-access usb window-management ' +
  'xr-spatial-tracking'

const FIXED: readonly (readonly [string, string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  [
    'Permissions-Policy',
    FEATURES.split(' ')
      .map((feature) => `${feature}=()`)
      .join(', '),
  ],
  ...(HTTPS ? ([['Strict-Transport-Security', 'max-age=31536000']] as const) : []),
]

/** The API reference is a bundle of others that writes style elements; it stands on a page without a session. */
const REFERENCE = '/docs/api'

/** The simulator's card fields, which stand in a frame of our own pages and nowhere else. */
const CARD_FRAME = '/hosted/card/'
/** The pages that hold that frame. */
const TAKES_CARDS = /^\/pay\//

function policy(nonce: string, path: string): string {
  const isCardFrame = path.startsWith(CARD_FRAME)
  const script = DEV ? " 'unsafe-eval'" : ''
  const style = DEV || path === REFERENCE ? "'unsafe-inline'" : `'nonce-${nonce}'`
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${script}`,
    `style-src-elem 'self' ${style}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    `form-action ${isCardFrame ? "'none'" : "'self'"}`,
    `frame-ancestors ${isCardFrame ? "'self'" : "'none'"}`,
    ...(TAKES_CARDS.test(path) ? ["frame-src 'self'"] : []),
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ')
}

export function proxy(req: NextRequest): NextResponse {
  const { pathname, search } = req.nextUrl
  const nonce = randomBytes(16).toString('base64')
  const csp = policy(nonce, pathname)
  // Set, not added: what a visitor sent under these names must not reach a page.
  const headers = new Headers(req.headers)
  headers.set('x-nonce', nonce)
  headers.set('Content-Security-Policy', csp)
  headers.delete('Content-Security-Policy-Report-Only')
  headers.set('x-clientele-path', `${pathname}${search}`)
  const isOptimiser = pathname === '/_next/image' || pathname.startsWith('/_next/image/')
  const res = isOptimiser ? new NextResponse(null, { status: 404 }) : NextResponse.next({ request: { headers } })
  res.headers.set('Content-Security-Policy', csp)
  for (const [name, value] of FIXED) res.headers.set(name, value)
  return res
}
