// Which profile a connector means: by guid or by the merchant's own identification, inside the connector's container.
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { profiles } from '#db/schema'
import { query } from '../core/verb.ts'
import { containerOfConnector } from './connector-container.ts'

const Wanted = z.strictObject({
  connectorId: z.number().int(),
  profileGuid: z.string().max(100).optional(),
  customerIdentification: z.string().max(100).optional(),
})

/** The guid, undefined when there is no such profile. Throws why a connector has no container. */
export const findConnectorProfile = query(
  'profiles:read',
  Wanted,
  async (read, wanted): Promise<string | undefined> => {
    const { connectorId, profileGuid, customerIdentification } = wanted
    const containerId = await containerOfConnector(read, connectorId)
    const named =
      profileGuid !== undefined
        ? eq(profiles.profileGuid, profileGuid.toUpperCase())
        : eq(profiles.customerIdentification, customerIdentification ?? '')
    const [profile] = await read.reader
      .select({ guid: profiles.profileGuid })
      .from(profiles)
      .where(and(named, eq(profiles.containerId, containerId)))
    return profile?.guid
  },
)
