import { Card } from '#components/ui/card'
import { Loading, Skeleton } from '#components/ui/skeleton'

/** The list's geometry while its first page is read. */
export function ListSkeleton() {
  return (
    <Loading label="transactions">
      <h1 className="mb-4 text-title font-semibold">Transactions</h1>
      <Card flush>
        <div className="flex gap-2 p-3">
          <Skeleton className="h-8 w-100 max-w-full" />
          <Skeleton className="h-8 w-20" />
        </div>
        {Array.from({ length: 12 }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move.
          <div key={row} className="flex h-10 items-center gap-6 border-t px-3">
            <Skeleton className="w-32" />
            <Skeleton className="w-20 max-sm:hidden" />
            <Skeleton className="w-24 max-md:hidden" />
          </div>
        ))}
      </Card>
    </Loading>
  )
}
