// The viewer's own bundle, as its package ships it; read at the first request. Next compresses it on its way out.
import { readFile } from 'node:fs/promises'
import { SCALAR_BUNDLE } from '../scalar.ts'

let bundle: Promise<Uint8Array<ArrayBuffer>> | undefined

const load = async (): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(SCALAR_BUNDLE))

export async function GET(): Promise<Response> {
  return new Response(await (bundle ??= load()), {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    },
  })
}
export const dynamic = 'force-dynamic'
