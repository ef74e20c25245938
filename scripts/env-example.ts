// Writes .env.example from the settings' own schema: `npm run env:example`. A test compares the file with it.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { Settings } from '#lib/env'
import { ROOT } from './tools.js'

/** Set by the start scripts, never by a person. */
const NOT_A_SETTING = new Set(['NODE_ENV'])

/** One commented line per setting with its default, under its description. */
export function envExample(): string {
  const blocks = Object.entries(Settings.shape)
    .filter(([name]) => !NOT_A_SETTING.has(name))
    .map(([name, schema]) => {
      const preset = schema.safeParse(undefined)
      const value = preset.success && preset.data !== undefined ? String(preset.data) : ''
      return `# ${schema.description ?? ''}\n# ${name}=${value}\n`
    })
  return `# Every setting is optional. Copy this file to .env and remove the # before a line to change it.\n\n${blocks.join('\n')}`
}

if (process.argv[1] === import.meta.filename) writeFileSync(path.join(ROOT, '.env.example'), envExample())
