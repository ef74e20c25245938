// Makes a fresh clone ready: packages, a Node that runs the sources and, with --test, what the tests need. It runs
// before every start, so it takes milliseconds and says nothing when all is there. Plain JavaScript without
// dependencies, since it starts on whatever Node the machine has. Start-up is a separate `npm run`: a shell remembers
// where it found `node`.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { embeddedPostgres, onPath, ROOT, systemChromium, systemPostgres } from './tools.js'

const NODE_VERSION = '24.21.0'
const modules = path.join(ROOT, 'node_modules')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const say = (text) => process.stdout.write(`set-up: ${text}\n`)

/** Runs a program with its output on stderr only when it fails; true when it succeeded. */
function run(command, args, options = {}) {
  const done = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    maxBuffer: 2 ** 26,
    ...options,
    env: { ...process.env, npm_config_audit: 'false', npm_config_fund: 'false', ...options.env },
  })
  if (done.status !== 0) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}\n`)
  return done.status === 0
}

function stop(text) {
  process.stderr.write(`set-up: ${text}\n`)
  process.exit(1)
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** npm writes what it installed last of all, so an interrupted install counts as not done. */
function packagesAreCurrent() {
  const written = path.join(modules, '.package-lock.json')
  if (!existsSync(written)) return false
  const wanted = readJson(path.join(ROOT, 'package-lock.json')).packages
  const installed = readJson(written).packages
  return Object.entries(wanted).every(([name, wish]) => {
    const found = installed[name]
    if (name === '' || (!found && wish.optional)) return true
    return found?.version === wish.version && found?.integrity === wish.integrity
  })
}

/** No package builds anything, so nobody's install script has to run; PostgreSQL's is run by name below. */
function installPackages() {
  if (packagesAreCurrent()) return false
  say('installing packages (npm ci)')
  if (!run(npm, ['ci', '--ignore-scripts', '--include=dev'])) stop('npm ci failed, see above')
  return true
}

/** `npm ci` removes an earlier private Node from under us, so the answer then comes from the PATH, not from ourselves. */
function nodeVersion(asked) {
  const text = asked
    ? execFileSync('node', ['-p', 'process.versions.node'], { encoding: 'utf8' })
    : process.versions.node
  return text.split('.').map(Number)
}

function installNode(afterInstall) {
  const [major, minor] = nodeVersion(afterInstall)
  if (major > 22 || (major === 22 && minor >= 18)) return
  if (existsSync(path.join(modules, '.bin/node'))) return
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    stop(`Clientele needs Node 22.18 or newer, and this is ${process.version}. Please install Node 24 from nodejs.org.`)
  }
  const name = `node-linux-${process.arch}@${NODE_VERSION}`
  say(`Node ${process.version} is too old; installing ${name} into node_modules (about 190 MB)`)
  if (!run(npm, ['install', '--no-save', '--ignore-scripts', name])) stop(`${name} could not be installed, see above`)
}

const canApt = () => process.getuid?.() === 0 && Boolean(onPath('apt-get'))

/** Installs one Debian package; its lists are fetched only when the package is not found in those at hand. */
function aptInstall(name) {
  const quiet = { stdio: 'ignore', env: { DEBIAN_FRONTEND: 'noninteractive' } }
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', name], quiet)
  return install() || (run('apt-get', ['update'], quiet) && install())
}

async function ownChromium() {
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath())
}

async function installBrowser() {
  if (systemChromium() || (await ownChromium())) return
  if (canApt()) {
    say('installing the package chromium for the browser tests')
    if (aptInstall('chromium') && systemChromium()) return
  }
  say("installing Playwright's Chromium for the browser tests")
  if (!run('npx', ['playwright', 'install', 'chromium'])) stop('no Chromium found and none could be installed')
}

function installPostgres() {
  if (systemPostgres()) return
  const folder = embeddedPostgres()
  if (!folder) stop('no PostgreSQL found (initdb), and the embedded one does not exist for this platform')
  const owner = path.dirname(path.dirname(folder))
  const links = path.join(owner, 'native/pg-symlinks.json')
  const missing = existsSync(links) && readJson(links).some((link) => !existsSync(path.join(owner, link.target)))
  if (!missing) return
  say('no system PostgreSQL; preparing the embedded one for the tests')
  const prepared = run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: owner })
  if (!prepared) stop('the embedded PostgreSQL could not be prepared, see above')
}

function installStrace() {
  if (onPath('strace') || process.platform !== 'linux') return
  if (canApt()) {
    say('installing strace for the durability tests')
    if (aptInstall('strace') && onPath('strace')) return
  }
  say('strace is missing and cannot be installed here; the test that counts disk syncs will say so')
}

installNode(installPackages())
if (process.argv.includes('--test')) {
  await installBrowser()
  installPostgres()
  installStrace()
}
