// The pages there are, read off the tree of files, and requests whose path nobody normalises on the way.
import { readdirSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'

const APP = path.resolve(import.meta.dirname, '../app')

function* pagesUnder(folder: string): Generator<string> {
  for (const { name, ...entry } of readdirSync(folder, { withFileTypes: true }).map((each) => ({
    name: each.name,
    isFolder: each.isDirectory(),
  }))) {
    if (entry.isFolder) yield* pagesUnder(path.join(folder, name))
    else if (name === 'page.tsx') yield folder
  }
}

/** Routes such as `/customers/[id]`, of the signed-in part (`dashboard`) or of the rest. */
export const pageRoutes = (): { route: string; dashboard: boolean }[] =>
  [...pagesUnder(APP)].map((folder) => {
    const parts = path.relative(APP, folder).split(path.sep)
    const route = `/${parts.filter((part) => part !== '' && !part.startsWith('(')).join('/')}`
    return { route, dashboard: parts.includes('(dashboard)') }
  })

export type RawAnswer = { status: number; headers: http.IncomingHttpHeaders; text: string }

/** One GET with the path exactly as given, dots, doubled slashes and escapes included. */
export function raw(base: string, address: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const req = http.get({ hostname, port, path: address, headers, agent: false }, (res) => {
      let text = ''
      res.setEncoding('utf8')
      res.on('data', (part) => {
        text += part
      })
      res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }))
    })
    req.on('error', reject)
  })
}
