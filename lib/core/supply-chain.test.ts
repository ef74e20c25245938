// What may be installed: exact versions, from the registry, with a checksum, above the floors of known advisories.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

type Locked = { version?: string; resolved?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean }

const readJson = (name: string) => JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../..', name), 'utf8'))
const manifest: Record<'dependencies' | 'devDependencies', Record<string, string>> & {
  allowScripts: Record<string, boolean>
} = readJson('package.json')
const locked = Object.entries<Locked>(readJson('package-lock.json').packages).filter(([name]) => name !== '')
const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Raised in the change that learns of an advisory. */
const FLOORS: Record<string, string> = {
  next: '16.3.3',
  react: '19.2.8',
  'react-dom': '19.2.8',
  'next-auth': '4.24.15',
  'drizzle-orm': '0.45.2',
  hono: '4.12.34',
  '@hono/node-server': '2.0.10',
  'better-sqlite3': '13.0.3',
}

const numbers = (version: string) => (version.split('-')[0] ?? '').split('.').map(Number)
function isBelow(version: string, floor: string): boolean {
  const [own, least] = [numbers(version), numbers(floor)]
  const at = least.findIndex((part, index) => part !== own[index])
  return at >= 0 && (own[at] ?? 0) < (least[at] ?? 0)
}

test('versions compare by number', () => {
  expect([isBelow('4.9.0', '4.12.0'), isBelow('4.12.0', '4.12.0'), isBelow('5.0.0', '4.12.0')]).toEqual([
    true,
    false,
    false,
  ])
})

test('every direct dependency is an exact version', () => {
  const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  expect(wanted.filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('every locked package has a checksum and no git, file or plain http source', () => {
  const odd = locked.filter(
    ([, entry]) => !entry.integrity || (entry.resolved && !entry.resolved.startsWith('https://')),
  )
  expect(odd).toEqual([])
})

test('no package is below the floor of a known advisory', () => {
  const below = locked.filter(([place, { version = '0' }]) => {
    const floor = FLOORS[nameOf(place)]
    return floor !== undefined && isBelow(version, floor)
  })
  expect(below.map(([place, { version }]) => `${place} ${version}`)).toEqual([])
  expect(Object.keys(FLOORS).filter((name) => !locked.some(([place]) => nameOf(place) === name))).toEqual([])
})

test('every install script has been judged by name', () => {
  const unjudged = locked.filter(
    ([place, entry]) => entry.hasInstallScript && !(nameOf(place) in manifest.allowScripts),
  )
  expect(unjudged.map(([place]) => place)).toEqual([])
})
