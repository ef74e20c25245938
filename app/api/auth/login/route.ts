// An API call, though browser sign-in has the rest of this folder.
import { handle } from '../../handle.ts'

export const dynamic = 'force-dynamic'
export { handle as DELETE, handle as GET, handle as OPTIONS, handle as POST }
