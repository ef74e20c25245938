// The API reference: others' viewer over our own OpenAPI documents, on a page without a session. Nothing of it comes
// from, or goes to, anywhere else.
import { SCALAR_VERSION } from './scalar.ts'

const CONFIGURATION = JSON.stringify({
  sources: [
    { title: 'Clientele', slug: 'clientele', url: '/api/openapi/clientele.json', default: true },
    { title: 'Stax', slug: 'stax', url: '/api/openapi/stax.json' },
    { title: 'IXOPAY v3', slug: 'ixopay', url: '/api/openapi/ixopay.json' },
  ],
  agent: { disabled: true },
  hideClientButton: true,
  mcp: { disabled: true },
  proxyUrl: '',
  showDeveloperTools: 'never',
  telemetry: false,
  withDefaultFonts: false,
})

// The viewer's zod would try out whether it may compile code, which the policy of the page forbids and reports.
const page = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference · Clientele</title>
</head>
<body>
<main id="reference"></main>
<script nonce="${nonce}">globalThis.__zod_globalConfig = { jitless: true }</script>
<script nonce="${nonce}" src="/docs/api/standalone?v=${SCALAR_VERSION}"></script>
<script nonce="${nonce}">Scalar.createApiReference('#reference', ${CONFIGURATION})</script>
</body>
</html>
`

/** The proxy has made the nonce and the policy of this page. */
export function GET(req: Request): Response {
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(page(req.headers.get('x-nonce') ?? ''), { headers })
}
