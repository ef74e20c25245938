/** A one-time link that does not work any more, and how to get another. */
export function LinkGone({ how }: { how: string }) {
  return (
    <div className="flex flex-col gap-4">
      <h1 className="text-title font-semibold">This link does not work</h1>
      <p>It was used, it has expired, or it never existed. {how}</p>
    </div>
  )
}
