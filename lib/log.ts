// One event is one JSON line on stdout. Serializers name what may be logged; redaction is the second net.
import pino from 'pino'
import { env } from './env.ts'

export const log = pino({
  level: env.LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: {
    err: (err: unknown) =>
      err instanceof Error ? { type: err.name, message: err.message, stack: err.stack } : { type: typeof err },
  },
  redact: { paths: ['*.password', '*.secret', '*.token', '*.authorization', 'req.headers'], censor: '[redacted]' },
})
