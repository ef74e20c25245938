// The production server without its pages, for tests that kill it and for the bench. Says its own process id first, since
// another program may be running it.
import { start } from '../../server.ts'

process.stdout.write(`${JSON.stringify({ pid: process.pid })}\n`)
await start({ pages: false })
