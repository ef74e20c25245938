// Every table, for the drivers and for drizzle-kit.
export * from './schema/access.ts'
export * from './schema/customers.ts'
export * from './schema/merchants.ts'
export * from './schema/records.ts'
export * from './schema/transactions.ts'
export * from './schema/wallet.ts'
export * from './schema/webhooks.ts'
