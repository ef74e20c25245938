// The contracts once more, through the production server and real sockets: `npm run test:http`, and with
// DATABASE_URL=postgres: on PostgreSQL. The test text is that of the unit tests; only the way to the API differs.
import { mergeConfig } from 'vitest/config'
import unit from './vitest.config.ts'

const contracts = mergeConfig(unit, { test: { env: { API_TRANSPORT: 'http' } } })
contracts.test.include = ['lib/api/{testing,ixopay/*,clientele/{contract*,oauth,seeds}}.test.ts']
export default contracts
