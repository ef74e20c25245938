import { ForbiddenState } from '#components/ui/forbidden-state'
import { missing } from './require-permission.ts'

/** A screen that this role does not open. */
export default function Forbidden() {
  const { permission, merchant } = missing()
  return (
    <>
      <h1 className="sr-only">Not allowed</h1>
      <ForbiddenState permission={permission} grantedBy={`an owner or an admin of ${merchant}`} />
    </>
  )
}
