'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

function makeClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // A page hydrates what the server has just read; asking again at once would double every read and its audit.
      queries: { staleTime: 15_000, retry: 1, refetchOnWindowFocus: true },
      mutations: { retry: 0 },
    },
  })
}

/** One query cache per browser tab; none is shared between requests on the server. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(makeClient)
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>
}
