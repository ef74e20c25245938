// The reads of the first screen, the same on the server and in the browser.
import type { FirstSteps, HomeFigures } from '#lib/analytics/home'
import { customersRead } from '../customers/reads.ts'
import { fetchInternal } from '../internal.ts'

const read = <T>(name: string, m: number) => ({
  queryKey: [name, m, {}] as const,
  queryFn: ({ signal }: { signal?: AbortSignal } = {}) => fetchInternal<T>(name, m, {}, signal),
  staleTime: 5000,
})

export const homeRead = (m: number) => read<HomeFigures>('home', m)
export const firstStepsRead = (m: number) => read<FirstSteps>('first-steps', m)

export const RECENT = { sort: '-createDate', limit: 6 } as const
export const recentRead = (m: number) => customersRead(m, RECENT)
