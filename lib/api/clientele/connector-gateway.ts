// Where a connector of the `ixopay` adapter sends its payments. The gateway's credentials go in and never come out.
import { z } from '@hono/zod-openapi'
import {
  getGatewayAccount,
  NewGatewayAccount,
  type ShownAccount,
  setGatewayAccount,
} from '../../connectors/gateway-account.ts'
import { fail } from '../../core/errors.ts'
import { parseId } from '../../core/ids.ts'
import { type Answer, json } from '../http.ts'
import { parseBody } from './customer-write.ts'
import { refuseParameters } from './query.ts'
import { type Call, type GuardedRoute, param } from './route.ts'
import { Id } from './wire.ts'

const AccountAnswer = z
  .object({
    connectorId: Id,
    baseUrl: z.string().nullable().openapi({ description: 'Null while the connector has no gateway.' }),
    apiKey: z.string().nullable(),
  })
  .openapi('ConnectorGateway')

const { connectorId: _place, ...members } = NewGatewayAccount.shape
const Account = z.strictObject(members).openapi('ConnectorGatewaySet')

const placeOf = (call: Call): number =>
  parseId(param(call, 'id')) ?? fail('CONNECTOR_NOT_FOUND', { connectorId: param(call, 'id') })

const answerOf = (connectorId: number, found: ShownAccount | null): Answer =>
  json(AccountAnswer.parse({ connectorId, baseUrl: null, apiKey: null, ...found }))

async function read(call: Call): Promise<Answer> {
  refuseParameters(call)
  const connectorId = placeOf(call)
  return answerOf(connectorId, await getGatewayAccount(call.ctx, { connectorId }))
}

async function put(call: Call): Promise<Answer> {
  refuseParameters(call)
  const connectorId = placeOf(call)
  return answerOf(connectorId, await setGatewayAccount(call.ctx, { connectorId, ...parseBody(Account, call.body) }))
}

export const CONNECTOR_GATEWAY_ROUTES: readonly GuardedRoute[] = [
  {
    method: 'get',
    path: '/connectors/{id}/gateway',
    summary: 'Read where a connector sends its payments',
    tag: 'Connectors',
    permission: getGatewayAccount.permission,
    answer: AccountAnswer,
    errors: ['CONNECTOR_NOT_FOUND', 'QUERY_INVALID'],
    run: read,
  },
  {
    method: 'put',
    path: '/connectors/{id}/gateway',
    summary: 'Say where a connector sends its payments, and as whom',
    description:
      'For connectors of the `ixopay` adapter. A private address, or one without TLS, must be listed in ' +
      '`WEBHOOK_ALLOW_HOSTS`. User name, password and shared secret are never shown again.',
    tag: 'Connectors',
    permission: setGatewayAccount.permission,
    body: Account,
    bodyExamples: {
      account: {
        summary: 'An account at a gateway',
        value: {
          baseUrl: 'https://gateway.example',
          apiKey: 'shop-cards',
          username: 'shop-api',
          password: 'a long password',
          sharedSecret: 'a shared secret',
        },
      },
    },
    answer: AccountAnswer,
    errors: [
      'VALIDATION_ERROR',
      'JSON_MALFORMED',
      'MEDIA_TYPE_UNSUPPORTED',
      'CONNECTOR_NOT_FOUND',
      'TRANSACTION_NOT_ALLOWED',
      'STEP_UP_REQUIRED',
    ],
    run: put,
  },
]
