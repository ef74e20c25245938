import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { parseTheme, themeCookie } from '#components/theme-cookie'
import { defaultFormat } from '#components/ui/format-value'
import { Providers } from './providers.tsx'
import './globals.css'

export const metadata: Metadata = { title: { default: 'Clientele', template: '%s · Clientele' } }
export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, head] = await Promise.all([cookies(), headers()])
  return (
    <html lang="en" dir="ltr" data-theme={parseTheme(jar.get(themeCookie)?.value)}>
      <body>
        <div className="isolate">
          <Providers
            nonce={head.get('x-nonce') ?? undefined}
            format={defaultFormat}
            now={new Date().toISOString()}
            singleKeys
            toasts={!head.get('x-clientele-path')?.startsWith('/hosted/')}
          >
            {children}
          </Providers>
        </div>
      </body>
    </html>
  )
}
