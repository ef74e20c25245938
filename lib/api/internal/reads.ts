// What the dashboard may ask for after a page has loaded: a query of the core and the view of its answer, by name.
import type { z } from 'zod'
import { listInvitations } from '../../access/invitations.ts'
import { getApiKey, listApiKeys } from '../../access/keys.ts'
import { listSessions } from '../../access/sessions.ts'
import { getStaff, listStaff } from '../../access/team.ts'
import { listTeamSessions } from '../../access/team-sessions.ts'
import { getFirstSteps, getHomeFigures } from '../../analytics/home.ts'
import { getAuditEvent, listAuditEvents } from '../../audit/queries.ts'
import { getConnector, listConnectors } from '../../connectors/queries.ts'
import { connectorView } from '../../connectors/view.ts'
import { getContainer, listContainers } from '../../containers/queries.ts'
import { containerView } from '../../containers/view.ts'
import type { Ctx } from '../../core/ctx.ts'
import { plain } from '../../core/json.ts'
import type { Verb } from '../../core/verb.ts'
import { countCustomerFacets, listCustomerRows } from '../../customers/list.ts'
import { findDuplicates, findDuplicatesOf, listChangesSince, listCustomerProfiles } from '../../customers/look-up.ts'
import { listNotes } from '../../customers/notes.ts'
import { getCustomer, listHistory, listTags } from '../../customers/queries.ts'
import { customerView } from '../../customers/view.ts'
import { getInstrument, listInstruments } from '../../instruments/queries.ts'
import { instrumentView } from '../../instruments/view.ts'
import { getMerchant, listMerchants } from '../../merchants/queries.ts'
import { listProfileRows } from '../../profiles/list.ts'
import { deletionImpact, getProfile } from '../../profiles/queries.ts'
import { getSharing } from '../../profiles/sharing.ts'
import { profileView } from '../../profiles/view.ts'
import { getTransactionDetail, listTransactionRows } from '../../transactions/desk.ts'

export type InternalRead = (ctx: Ctx, input: unknown) => Promise<unknown>

/** The verb parses its input itself, so whatever the address held may be handed on. */
const read =
  <S extends z.ZodType, R>(verb: Verb<S, R>, view: (result: R) => unknown = plain): InternalRead =>
  async (ctx, input) =>
    view(await verb(ctx, input as z.input<S>))

const all =
  <T>(view: (one: T) => unknown) =>
  (many: T[]) =>
    many.map(view)

export const READS = {
  home: read(getHomeFigures),
  'first-steps': read(getFirstSteps),
  customers: read(listCustomerRows),
  'customer-facets': read(countCustomerFacets),
  customer: read(getCustomer, customerView),
  'customer-changes': read(listChangesSince),
  'customer-duplicates': read(findDuplicatesOf),
  'customer-history': read(listHistory),
  'customer-notes': read(listNotes),
  'customer-profiles': read(listCustomerProfiles),
  duplicates: read(findDuplicates),
  tags: read(listTags),
  profiles: read(listProfileRows),
  profile: read(getProfile, profileView),
  'profile-sharing': read(getSharing),
  'profile-deletion-impact': read(deletionImpact),
  instruments: read(listInstruments, all(instrumentView)),
  instrument: read(getInstrument, instrumentView),
  containers: read(listContainers, all(containerView)),
  container: read(getContainer, containerView),
  connectors: read(listConnectors, all(connectorView)),
  connector: read(getConnector, connectorView),
  transactions: read(listTransactionRows),
  transaction: read(getTransactionDetail),
  merchants: read(listMerchants),
  merchant: read(getMerchant),
  audit: read(listAuditEvents),
  'audit-event': read(getAuditEvent),
  'api-keys': read(listApiKeys),
  'api-key': read(getApiKey),
  team: read(listStaff),
  member: read(getStaff),
  invitations: read(listInvitations),
  sessions: read(listSessions),
  'team-sessions': read(listTeamSessions),
} satisfies Record<string, InternalRead>
