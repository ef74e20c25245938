// The API app inside Next: for `next dev` and any plain Next host. In production server.ts answers before Next does.
import { handle } from '../handle.ts'

export const dynamic = 'force-dynamic'
export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
