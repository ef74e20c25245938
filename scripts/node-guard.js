// Imported before every start. Older versions of Node cannot run the sources, and below 22 the SQLite driver dies by a
// segmentation fault without a message, so this plain file says what is wrong while it still can.
import { existsSync } from 'node:fs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Clientele needs Node 22.18 or newer, and this is ${process.version}. Run it by "npm start" or "npm run demo": ` +
      'they install a fitting Node beside the other packages.\n',
  )
  process.exit(1)
}

// Settings in .env never replace those that are already set.
if (existsSync('.env')) process.loadEnvFile('.env')
