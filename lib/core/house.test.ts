// Rules of the house that neither the compiler nor the linter can hold.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { envExample } from '../../scripts/env-example.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT })
const files = [...new Set(listed.toString().split('\0'))].filter(
  (name) =>
    /\.(tsx?|m?js|css|md|json)$/.test(name) && name !== 'package-lock.json' && name !== 'lib/core/house.test.ts',
)

function read(name: string): string {
  try {
    return readFileSync(path.join(ROOT, name), 'utf8')
  } catch {
    // Deleted in the working tree but not yet in the index.
    return ''
  }
}
const sources = files.map((name) => ({ name, text: read(name) }))
const code = sources.filter(({ name }) => /\.(tsx?|m?js)$/.test(name))

type Import = { from: string; typeOnly: boolean }
const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
const importsOf = (text: string): Import[] =>
  [...text.matchAll(IMPORT)].map((match) => ({ from: match[2] ?? '', typeOnly: Boolean(match[1]) }))

/** Where an import leads, as a path from the root; a package stays as it is. */
function target(name: string, from: string): string {
  if (from.startsWith('#')) return from.slice(1)
  return from.startsWith('.') ? path.posix.join(path.posix.dirname(name), from).replace(/\.tsx?$/, '') : from
}

/** `file → import` for every import of `within` that `refuse` names. */
function broken(within: RegExp, refuse: (to: string, found: Import) => boolean): string[] {
  return code
    .filter(({ name }) => within.test(name) && !/\.test\.tsx?$/.test(name))
    .flatMap(({ name, text }) =>
      importsOf(text)
        .filter((found) => refuse(target(name, found.from), found))
        .map(({ from }) => `${name} → ${from}`),
    )
}

const matching = (list: typeof sources, pattern: RegExp) =>
  list.filter(({ text }) => pattern.test(text)).map(({ name }) => name)

test('the rules below look at the whole product', () => {
  expect(code.length).toBeGreaterThan(50)
  expect(importsOf("import a from 'x'\nimport type { b } from '#lib/y'\nexport * from './z.ts'\nimport 'w'")).toEqual([
    { from: 'x', typeOnly: false },
    { from: '#lib/y', typeOnly: true },
    { from: './z.ts', typeOnly: false },
    { from: 'w', typeOnly: false },
  ])
})

describe('imports', () => {
  test('the database imports only settings, log, key and errors from lib; the demo goes through commands', () => {
    const allowed = new Set(['lib/env', 'lib/log', 'lib/core/secrets', 'lib/core/errors'])
    const refused = broken(
      /^db\/(?!demo\/|testing\/)/,
      (to, { typeOnly }) => to.startsWith('lib/') && !typeOnly && !allowed.has(to),
    )
    expect(refused).toEqual([])
  })

  test('no relative path climbs from one layer into another', () => {
    const layer = (name: string) => name.split('/')[0] ?? ''
    const layers = new Set(['app', 'components', 'db', 'lib'])
    const refused = code
      .filter(({ name }) => layers.has(layer(name)) && !/\.test\.tsx?$|^db\/testing\//.test(name))
      .flatMap(({ name, text }) =>
        importsOf(text)
          .filter(({ from }) => from.startsWith('.') && layers.has(layer(target(name, from))))
          .filter(({ from }) => layer(target(name, from)) !== layer(name))
          .map(({ from }) => `${name} → ${from}`),
      )
    expect(refused).toEqual([])
  })

  test('the three APIs never see each other', () => {
    for (const api of ['clientele', 'stax', 'ixopay']) {
      const others = /^lib\/api\/(clientele|stax|ixopay)\//
      const refuse = (to: string) => others.test(to) && !to.startsWith(`lib/api/${api}/`)
      expect(broken(new RegExp(`^lib/api/${api}/`), refuse)).toEqual([])
    }
  })

  test('schemas reach no further than zod and pure neighbours, so that browsers can load them', () => {
    const refuse = (to: string, { typeOnly }: Import) => !typeOnly && /^(node:|db\/|lib\/(env|log)$|pino$|pg$)/.test(to)
    expect(broken(/^lib\/[^/]+\/schema\.ts$/, refuse)).toEqual([])
  })

  test('what runs in the browser reaches no server module, but through actions', () => {
    const byName = new Map(code.map(({ name, text }) => [name.replace(/\.tsx?$/, ''), { name, text }]))
    const starts = (text: string, directive: string) => new RegExp(`^(//.*\\n)*['"]use ${directive}['"]`).test(text)
    const reached: string[] = []
    const follow = (name: string, text: string, trail: string[], seen: Set<string>): void => {
      for (const { from, typeOnly } of importsOf(text)) {
        const to = target(name, from)
        const next = byName.get(to.replace(/\.tsx?$/, ''))
        if (typeOnly || seen.has(to) || (next && starts(next.text, 'server'))) continue
        seen.add(to)
        const path = [...trail, next?.name ?? to]
        if (/^(node:|db\/|lib\/(env|log|web\/)|server-only$|pino$|pg$)/.test(to)) reached.push(path.join(' → '))
        else if (next) follow(next.name, next.text, path, seen)
      }
    }
    for (const { name, text } of code) if (starts(text, 'client')) follow(name, text, [name], new Set())
    expect(reached).toEqual([])
  })
})

describe('text', () => {
  test('nothing is left to do', () => {
    expect(matching(code, /\b(TODO|FIXME|HACK)\b/)).toEqual([])
  })

  test('no path of a machine', () => {
    expect(matching(sources, /\/work\/|\/tmp\/|\/home\/\w|\/Users\/\w/)).toEqual([])
  })

  test('form values are watched by hooks, since watch() goes stale', () => {
    expect(matching(code, /\.watch\(|\bwatch[,\s}][^=]*\}?\s*=\s*useForm/)).toEqual([])
  })

  test('nothing evaluates text or writes raw HTML', () => {
    const evaluates = /\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\s*=/
    expect(matching(code, evaluates)).toEqual([])
  })

  test('only tooling starts other programs', () => {
    const starts = matching(code, /from 'node:child_process'|require\('child_process'\)/)
    expect(starts.filter((name) => !/^(scripts|bench|e2e|db\/testing)\//.test(name))).toEqual([])
  })

  test('nobody sleeps in a test', () => {
    const tests = sources.filter(({ name }) => /\.(test|spec)\.tsx?$/.test(name))
    expect(matching(tests, /waitForTimeout\(/)).toEqual([])
  })
})

test('.env.example tells every setting: npm run env:example', () => {
  expect(read('.env.example')).toBe(envExample())
})
