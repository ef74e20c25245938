// The viewer's version, which is part of its address: a new one is fetched anew, an old one stays cached.
import { readFileSync } from 'node:fs'
import path from 'node:path'

const PACKAGE = path.join(process.cwd(), 'node_modules/@scalar/api-reference')

export const SCALAR_VERSION: string = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')).version
export const SCALAR_BUNDLE = path.join(PACKAGE, 'dist/browser/standalone.js')
