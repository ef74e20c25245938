/** @type {import('next').NextConfig} */
export default {
  // Native modules and the logger load from node_modules at run time, so that server.ts and the pages share one copy.
  serverExternalPackages: ['better-sqlite3', '@node-rs/argon2', 'pg', 'pino'],
  poweredByHeader: false,
  // No image optimiser: it is attack surface, and no page needs it.
  images: { unoptimized: true },
  // Browsers ask for this name where a page says nothing of an icon, as bare error pages do.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // A page that a role does not open answers 403.
  experimental: { authInterrupts: true },
  // `npm run types` checks the whole project, tests included; a second check in every build would only cost time.
  typescript: { ignoreBuildErrors: true },
}
