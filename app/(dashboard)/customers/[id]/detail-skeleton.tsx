import { Card } from '#components/ui/card'
import { Loading, Skeleton, SkeletonText } from '#components/ui/skeleton'

/** A record's geometry while it is read. */
export function DetailSkeleton() {
  return (
    <Loading label="customer">
      <div className="mb-4 flex flex-col gap-2">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-5 w-48" />
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-4 lg:grid-cols-2">
          {['details', 'addresses', 'preferences', 'compliance'].map((card) => (
            <Card key={card}>
              <SkeletonText lines={7} />
            </Card>
          ))}
        </div>
        <Card>
          <SkeletonText lines={6} />
        </Card>
      </div>
    </Loading>
  )
}
