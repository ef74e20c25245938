import type { ReactNode } from 'react'

/** One quiet column for everything before a session. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-12 sm:py-20">
      <header className="mb-6 text-section font-semibold">Clientele</header>
      <main id="main" className="w-full max-w-100 rounded-card border bg-surface p-6">
        {children}
      </main>
    </div>
  )
}
