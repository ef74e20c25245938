// Every server action as nobody, as a stranger, as every role, and from somebody else's page. The build's manifest says
// which there are: an action without a row here fails.
import { type Permission, ROLES, rolePermissions } from '#lib/core/permissions'
import { type Action, actions, call } from './actions.ts'
import {
  ATLAS,
  BASE,
  expect,
  HARBOR,
  keyOf,
  makeCustomer,
  merchantId,
  OWNER,
  requestsAs,
  requestsWith,
  test,
  unique,
} from './fixtures.ts'

test.use({ who: 'nobody' })

type Ids = {
  customer: number
  note: number
  profileGuid: string
  transaction: string
  instrument: number
  key: number
  staff: number
  session: number
  invitation: number
  tag: string
}
type Row = {
  /** null: whoever is signed in. */
  needs: Permission | null
  /** What would work on these objects; without ids in it, what is not valid. */
  input: (ids: Ids) => unknown
  /** Whether the input names an object of a merchant. */
  object: boolean
}
const row = (needs: Permission | null, input: Row['input'], object = true): Row => ({ needs, input, object })
const link = ({ profileGuid, customer }: Ids) => ({ profileGuid, customerId: customer })

const ROWS: Record<string, Row> = {
  createCustomerAction: row('customers:write', () => ({ fields: {}, note: '' }), false),
  updateCustomerAction: row('customers:write', ({ customer }) => ({ id: customer, name: 'Taken over' })),
  archiveCustomerAction: row('customers:archive', ({ customer }) => ({ id: customer })),
  restoreCustomerAction: row('customers:archive', ({ customer }) => ({ id: customer })),
  tagCustomerAction: row('customers:write', ({ customer }) => ({ id: customer, tag: 'taken' })),
  untagCustomerAction: row('customers:write', ({ customer, tag }) => ({ id: customer, tag })),
  createNoteAction: row('customers:write', ({ customer }) => ({ customerId: customer, text: 'Taken over' })),
  updateNoteAction: row('customers:write', ({ note }) => ({ noteId: note, text: 'Taken over' })),
  deleteNoteAction: row('customers:write', ({ note }) => ({ noteId: note })),
  setPreferredAction: row('instruments:write', ({ profileGuid }) => ({ profileGuid, instrumentId: null })),
  updateInstrumentAction: row('instruments:write', ({ instrument }) => ({ id: instrument, holderName: 'Taken over' })),
  removeInstrumentAction: row('instruments:write', ({ instrument }) => ({ id: instrument })),
  linkCustomerAction: row('profiles:write', link),
  unlinkCustomerAction: row('profiles:write', link),
  deleteProfileAction: row('profiles:delete', ({ profileGuid }) => ({ profileGuid, confirm: profileGuid })),
  inviteAction: row('team:write', () => ({ email: 'not an address', role: 'analyst' }), false),
  resendInvitationAction: row('team:write', ({ invitation }) => ({ invitationId: invitation })),
  withdrawInvitationAction: row('team:write', ({ invitation }) => ({ invitationId: invitation })),
  setRoleAction: row('team:write', ({ staff }) => ({ staffId: staff, role: 'analyst' })),
  removeMemberAction: row('team:write', ({ staff }) => ({ staffId: staff })),
  suspendAction: row('team:write', ({ staff }) => ({ staffId: staff })),
  resumeAction: row('team:write', ({ staff }) => ({ staffId: staff })),
  endSessionAction: row(null, ({ session }) => ({ sessionId: session })),
  endAllSessionsAction: row('team:write', ({ staff }) => ({ staffId: staff })),
  endOtherSessionsAction: row(null, () => ({ keepId: 'not an id' }), false),
  createKeyAction: row('keys:write', () => ({ name: '', scopes: [] }), false),
  updateKeyAction: row('keys:write', ({ key }) => ({ keyId: key, name: 'Taken over' })),
  rollKeyAction: row('keys:write', ({ key }) => ({ keyId: key })),
  revokeKeyAction: row('keys:write', ({ key }) => ({ keyId: key })),
  startMovementAction: row('transactions:write', () => ({ type: 'nonsense' }), false),
  followMovementAction: row('transactions:write', ({ transaction }) => ({
    type: 'refund',
    referenceUuid: transaction,
    merchantTransactionId: 'taken-over',
    amountMinor: 1,
  })),
  savePreferencesAction: row(null, () => ({ 'not a preference': 1 }), false),
}
/** Actions of people who are not signed in, or that prove who is; their own specs try them. */
const VISITORS = new Set([
  'setUpAction',
  'acceptInvitationAction',
  'proveAgainAction',
  'answerChallengeAction',
  'payOnPageAction',
  'cancelOnPageAction',
  'tokenizeCardAction',
])

const ABSENT = 900_000_000_000_001
const NOWHERE: Ids = {
  customer: ABSENT,
  note: ABSENT,
  profileGuid: 'AAAAAAAAAAAAAAAAAAAA',
  transaction: '0'.repeat(20),
  instrument: ABSENT,
  key: ABSENT,
  staff: ABSENT,
  session: ABSENT,
  invitation: ABSENT,
  tag: 'nothing',
}

const rowed = (): (Action & Row)[] =>
  actions().flatMap((action) => {
    const known = ROWS[action.name]
    return known ? [{ ...action, ...known }] : []
  })

test('every action has its row', () => {
  const names = actions().map(({ name }) => name)
  expect(names.filter((name) => !ROWS[name] && !VISITORS.has(name))).toEqual([])
  expect(names.length).toBeGreaterThan(10)
})

test('nobody may run any action', async () => {
  const visitor = await requestsAs('nobody')
  for (const action of rowed()) {
    const outcome = await call(visitor, action, [merchantId(HARBOR), action.input(NOWHERE)])
    expect.soft(outcome, `${action.name} as nobody`).toMatchObject({ ok: false, code: 'CREDENTIALS_MISSING' })
  }
  await visitor.dispose()
})

for (const role of ROLES) {
  test(`as ${role} exactly the actions of the permission table run`, async () => {
    const api = await requestsAs({ role, merchant: HARBOR })
    for (const action of rowed()) {
      const { ok, code } = await call(api, action, [merchantId(HARBOR), action.input(NOWHERE)])
      const allowed = action.needs === null || rolePermissions(role).has(action.needs)
      const said = `${action.name} as ${role} says ${code}`
      if (!allowed) expect.soft(code, said).toBe('PERMISSION_MISSING')
      else
        expect
          .soft(['PERMISSION_MISSING', 'CREDENTIALS_MISSING', 'INTERNAL', undefined].includes(code) && !ok, said)
          .toBe(false)
    }
    await api.dispose()
  })
}

/** Something of Harbor Books of every kind, and how all of it stands. */
async function belongings(): Promise<{ ids: Ids; state: () => Promise<string[]> }> {
  const api = await requestsWith(keyOf(HARBOR))
  const tag = unique('tag')
  const { id } = await makeCustomer({ tags: [tag] })
  const note = await (await api.post(`/api/customers/${id}/notes`, { data: { text: tag } })).json()
  const key = await (await api.post('/api/api-keys', { data: { name: tag, scopes: ['customers:read'] } })).json()
  const { data: profiles } = await (await api.get('/api/profiles?limit=1')).json()
  const { profileGuid } = profiles[0]
  const wallet = await (await api.get(`/api/profiles/${profileGuid}/instruments`)).json()
  const { data: payments } = await (await api.get('/api/transactions?type=debit&state=success&limit=1')).json()
  const { data: users } = await (await api.get('/api/users')).json()
  const staff = users.find((each: { role: string }) => each.role === 'analyst').id
  const [instrument] = wallet.data ?? wallet
  const ids = {
    customer: id,
    note: note.id,
    profileGuid,
    transaction: payments[0].uuid,
    instrument: instrument.id,
    key: key.id,
    staff,
    session: 1,
    invitation: 1,
    tag,
  }
  const places = [
    `customers/${id}`,
    `notes/${note.id}`,
    `profiles/${profileGuid}`,
    `instruments/${instrument.id}`,
    `api-keys/${key.id}`,
    'users',
  ]
  // When somebody was last seen moves on by itself.
  const still = (text: string) => text.replaceAll(/"last(Seen|Used|Active)\w*":"[^"]*"/g, '')
  return {
    ids,
    state: () => Promise.all(places.map(async (place) => still(await (await api.get(`/api/${place}`)).text()))),
  }
}

test('an action on an object of another merchant says the same as for one that does not exist', async () => {
  const { ids, state } = await belongings()
  const before = await state()
  const stranger = await requestsAs({ role: 'owner', merchant: ATLAS })
  const plain = (text: string, own: Ids) =>
    Object.values(own)
      .reduce<string>((said, id) => said.replaceAll(`"${id}"`, '"<id>"'), text)
      .replaceAll(/req_\w+/g, 'req')
  for (const action of rowed().filter(({ object }) => object)) {
    const one = await call(stranger, action, [merchantId(ATLAS), action.input(ids)])
    const other = await call(stranger, action, [merchantId(ATLAS), action.input(NOWHERE)])
    expect.soft(one.code, `${action.name} finds nothing`).toMatch(/_NOT_FOUND$/)
    const line = ({ text }: typeof one) => text.split('\n').find((each) => each.includes('"ok":')) ?? ''
    expect.soft(plain(line(one), ids), `${action.name} tells no difference`).toBe(plain(line(other), NOWHERE))
    const moved = await call(stranger, action, [merchantId(HARBOR), action.input(ids)])
    expect.soft(moved.code, `${action.name} at a merchant out of reach`).toBe('MERCHANT_NOT_FOUND')
  }
  expect(await state(), 'nothing of the owner has changed').toEqual(before)
  await stranger.dispose()
})

const WITHOUT_OURS: Record<string, Record<string, string | undefined>> = {
  'no origin': { origin: undefined },
  'a cross-site form': { origin: BASE, 'sec-fetch-site': 'cross-site' },
  'a sister site': { origin: BASE, 'sec-fetch-site': 'same-site' },
}
/** The framework refuses these before any action; one of each file shows that it still does. */
const FOREIGN: typeof WITHOUT_OURS = {
  'origin null': { origin: 'null' },
  'a foreign origin': { origin: 'https://evil.example' },
  'a sub-domain': { origin: 'http://x.localhost:3000' },
  'a look-alike': { origin: BASE.replace('127.0.0.1', '127.0.0.1.evil.example') },
  'another port': { origin: 'http://127.0.0.1:1' },
  'a forwarded host of theirs': { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
}

test('no action changes anything without our own origin', async () => {
  const { ids, state } = await belongings()
  const before = await state()
  const owner = await requestsAs(OWNER)
  const files = new Set<string>()
  for (const action of rowed()) {
    const ways = files.has(action.file) ? WITHOUT_OURS : { ...WITHOUT_OURS, ...FOREIGN }
    files.add(action.file)
    for (const [how, headers] of Object.entries(ways)) {
      const outcome = await call(owner, action, [merchantId(HARBOR), action.input(ids)], headers)
      expect.soft(outcome.ok, `${action.name} with ${how}`).not.toBe(true)
      expect.soft(outcome.code ?? 'ORIGIN_REFUSED', `${action.name} with ${how}`).toBe('ORIGIN_REFUSED')
    }
  }
  expect(await state()).toEqual(before)
  await owner.dispose()
})

test('a sign-out that another site sends ends nothing', async () => {
  const session = await requestsAs({ role: 'analyst', merchant: HARBOR })
  for (const headers of [{}, { origin: 'null' }, { origin: 'https://evil.example' }] as Record<string, string>[]) {
    const { csrfToken } = await (await session.get('/api/auth/csrf')).json()
    const answer = await session.post('/api/auth/signout', { headers, form: { csrfToken, json: 'true' } })
    expect(answer.status()).toBe(403)
  }
  const read = await session.get(`/api/internal/customers?m=${merchantId(HARBOR)}`)
  expect(read.status(), 'the session lives on').toBe(200)
  await session.dispose()
})
