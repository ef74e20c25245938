// The only reader of process.env: every setting is parsed once, and all wrong ones are told together.
import path from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)

export const Settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).catch('development').describe('set by the start scripts'),
  PORT: port.default(3000).describe('TCP port of the server'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('address to listen on; beyond loopback set PUBLIC_URL to https'),
  DATA_DIR: z.string().min(1).default('data').describe('folder of the database, the generated secrets and demo.json'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|postgres(ql)?:\/\/.+)$/, 'must start with file: or postgres://')
    .optional()
    .describe('file:… (SQLite, default file:$DATA_DIR/clientele.db) or postgres://…'),
  DATABASE_KEY: z
    .string()
    .min(4)
    .optional()
    .describe('encrypts the SQLite file; generated once when missing; "none" keeps the file plain'),
  APP_SECRET: z
    .string()
    .refine((value) => value.split(',').every((part) => part.trim().length >= 32), 'each part needs 32 characters')
    .optional()
    .describe('seals sessions, cursors and stored secrets; a comma list: the first writes, all read'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('the address people use, e.g. https://vault.example'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('mail server for invitations; without it links are copied'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('how much the log says'),
  WORKER: z
    .enum(['inline', 'off'])
    .default('inline')
    .describe('inline runs background jobs in the server; off leaves them to npm run worker (PostgreSQL)'),
  DEMO_CUSTOMERS: z.coerce.number().int().min(0).max(1_000_000).default(2000).describe('customers in the demo'),
  WEBHOOK_ALLOW_HOSTS: z
    .string()
    .default('')
    .describe('comma list of private hosts that may receive webhooks, or be a gateway'),
})

export type Env = Readonly<
  z.output<typeof Settings> & { databaseUrl: string; engine: 'sqlite' | 'postgres'; publicUrl: string }
>

/** Parses settings; throws one error that lists every wrong one. Empty strings count as not set. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`These settings are wrong:\n${lines.join('\n')}`)
  }
  const env = parsed.data
  const databaseUrl = env.DATABASE_URL ?? `file:${path.join(env.DATA_DIR, 'clientele.db')}`
  return Object.freeze({
    ...env,
    databaseUrl,
    engine: databaseUrl.startsWith('file:') ? 'sqlite' : 'postgres',
    publicUrl: (env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/$/, ''),
  })
}

export const env: Env = parseEnv(process.env)

// next-auth reads its own address from the environment; ours is the one source.
process.env.NEXTAUTH_URL ??= env.publicUrl
