// Runs in the browser before anything else of ours. Zod tries out whether it may compile code, which the policy of our
// pages forbids and would report on every page; told before it loads, it does not try.
const shared = globalThis as typeof globalThis & { __zod_globalConfig?: { jitless?: boolean } }
shared.__zod_globalConfig = { ...shared.__zod_globalConfig, jitless: true }
