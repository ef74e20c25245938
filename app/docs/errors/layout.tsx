import type { ReactNode } from 'react'

/** Pages for whoever reads an answer of the API: no session, no navigation. */
export default function ErrorDocsLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto flex min-h-dvh w-full max-w-180 flex-col gap-4 px-4 py-12">
      {children}
    </main>
  )
}
