import { PageHeader } from '#components/page-header'
import { Card } from '#components/ui/card'
import { Loading, SkeletonText } from '#components/ui/skeleton'
import { TilesLoading } from './tiles.tsx'

/** The first screen's geometry while its figures are counted. */
export function HomeSkeleton({ merchant }: { merchant: string }) {
  return (
    <>
      <PageHeader title="Home" context={merchant} />
      <div className="flex flex-col gap-4">
        <TilesLoading />
        <Card title="Recent customers">
          <Loading label="recent customers">
            <SkeletonText lines={6} />
          </Loading>
        </Card>
      </div>
    </>
  )
}
