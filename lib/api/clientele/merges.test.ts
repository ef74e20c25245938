// Merging over the API, and that every old id leads to the survivor in every API.
import { beforeAll, describe, expect, test } from 'vitest'
import { at } from '#db/testing/make'
import { createApiKey } from '../../access/keys.ts'
import { debit, nextId, openTown, type Town } from '../ixopay/testing.ts'
import { type Client, client, codeOf } from '../testing.ts'

let town: Town
let api: Client
let stranger: Client
const keyAt = async (merchantId: number, scopes = ['*']) =>
  client((await createApiKey(at(merchantId), { name: nextId(), scopes })).key)

beforeAll(async () => {
  town = await openTown()
  api = town.api
  stranger = await keyAt(town.atlas.merchantId)
})

const make = async (given: Record<string, unknown> = {}) =>
  (await api.post('/customers', { name: 'Mara Lindqvist', email: `${nextId()}@example.com`, ...given })).body

describe('a merge', () => {
  test('is previewed field by field, done, read by every old id, and undone', async () => {
    const [a, b] = [await make({ memberId: nextId() }), await make({ phone: '+46 8 700 11 22', memberId: nextId() })]
    await api.post(`/customers/${b.id}/notes`, { text: 'Prefers mornings' })
    const duplicateIds = [b.id]
    const preview = await api.post(`/customers/${a.customerId}/merge-preview`, { duplicateIds })
    expect(preview.body).toMatchObject({ survivorId: a.id, moves: { notes: 1, instruments: 0 }, blockers: [] })
    const phone = preview.body.fields.find(({ field }: { field: string }) => field === 'phone')
    expect(phone).toEqual({
      field: 'phone',
      winner: b.id,
      differs: true,
      values: [
        { customerId: a.id, value: null },
        { customerId: b.id, value: '+46 8 700 11 22' },
      ],
    })

    const done = await api.post(`/customers/${a.id}/merge`, { duplicateIds, winners: { email: b.id } })
    expect(done.status).toBe(200)
    expect(done.body.customer).toMatchObject({ id: a.id, email: b.email, phone: '+46 8 700 11 22' })
    expect(done.headers.get('location')).toBe(`/api/merges/${done.body.mergeId}`)

    for (const asked of [String(b.id), b.customerId]) {
      const seen = await api.get(`/customers/${asked}`)
      expect(seen.body).toEqual({ ...done.body.customer, mergedFrom: asked })
      expect(seen.headers.get('content-location')).toBe(`/api/customers/${a.id}`)
    }
    expect((await api.get(`/customers/${a.id}`)).body).toEqual(done.body.customer)
    expect((await api.get(`/customers/${a.id}/notes`)).body.data).toMatchObject([{ text: 'Prefers mornings' }])
    const sentBack = await api.put(`/customers/${b.id}`, { ...done.body.customer, mergedFrom: 'x', reference: 'R-1' })
    expect(sentBack.body).toMatchObject({ id: a.id, reference: 'R-1', changedFields: ['reference'] })

    const merge = await api.get(`/merges/${done.body.mergeId}`)
    expect(merge.body).toMatchObject({ survivorId: a.id, duplicateIds, undoDate: null })
    expect(merge.body.changedFields).toEqual(expect.arrayContaining(['email', 'phone']))
    expect((await api.get('/merges')).body.data[0]).toEqual(merge.body)

    const undone = await api.post(`/merges/${done.body.mergeId}/undo`)
    expect(undone.body).toMatchObject({
      customer: { id: a.id, email: a.email, phone: null, reference: 'R-1' },
      duplicates: [{ id: b.id, email: b.email, phone: '+46 8 700 11 22' }],
      keptFields: [],
    })
    expect((await api.get(`/customers/${b.id}`)).body).toMatchObject({ id: b.id, email: b.email })
    expect(codeOf(await api.post(`/merges/${done.body.mergeId}/undo`))).toBe('MERGE_UNDONE')
  })

  test('takes the survivor’s version from If-Match', async () => {
    const [a, b] = [await make(), await make()]
    const merge = (version: number) =>
      api.post(
        `/customers/${a.id}/merge`,
        { duplicateIds: [b.id] },
        { headers: { 'if-match': `"${a.id}.${version}"` } },
      )
    expect(codeOf(await merge(9))).toBe('STALE_WRITE')
    expect((await merge(1)).status).toBe(200)
  })

  test('names what is wrong, and is nobody else’s', async () => {
    const [a, b] = [await make(), await make()]
    const path = `/customers/${a.id}/merge`
    const wrong = await api.post(path, { duplicateIds: [b.id], winners: { email: 7, colour: b.id } })
    expect([wrong.status, codeOf(wrong)]).toEqual([400, 'VALIDATION_ERROR'])
    expect(codeOf(await api.post(path, { duplicateIds: [] }))).toBe('VALIDATION_ERROR')
    expect((await api.post(path, { duplicateIds: [a.id] })).body.errors).toHaveProperty(['duplicateIds.0'])
    expect(codeOf(await api.post(path, { duplicateIds: [900_000_000_000_001] }))).toBe('CUSTOMER_NOT_FOUND')
    expect((await stranger.post(path, { duplicateIds: [b.id] })).status).toBe(404)
    expect((await (await keyAt(town.harbor.merchantId, ['customers:write'])).post(path, {})).status).toBe(403)
    const { mergeId } = (await api.post(path, { duplicateIds: [b.id] })).body
    for (const answer of [await stranger.get(`/merges/${mergeId}`), await stranger.post(`/merges/${mergeId}/undo`)])
      expect([answer.status, codeOf(answer)]).toEqual([404, 'MERGE_NOT_FOUND'])
    expect((await stranger.get('/merges')).body.data).toEqual([])
  })

  test('brings instruments over, by any identity, until it is undone; two profiles of a container stop it', async () => {
    const payer = async () => {
      const customerProfileData = { customerIdentification: nextId(), markAsPreferred: true }
      const { body } = await town.harbor.post('transaction/debit', debit({ customerProfileData }))
      return { guid: body.customerProfileData.profileGuid, id: await linkedTo(body.customerProfileData.profileGuid) }
    }
    const linkedTo = async (guid: string) => (await api.get(`/profiles/${guid}`)).body.customer.id
    const [a, b, c] = [await make(), await payer(), await payer()]
    const { mergeId } = (await api.post(`/customers/${a.id}/merge`, { duplicateIds: [b.id] })).body
    const instruments = async (id: number) => (await api.get(`/customers/${id}/instruments`)).body.data.length
    expect(await Promise.all([instruments(a.id), instruments(b.id)])).toEqual([1, 1])
    expect(await linkedTo(b.guid)).toBe(a.id)
    const clash = await api.post(`/customers/${a.id}/merge`, { duplicateIds: [c.id] })
    expect([clash.status, codeOf(clash)]).toEqual([409, 'MERGE_BLOCKED'])
    expect(clash.body.error.details.blockers).toMatchObject([{ code: 'PROFILE_CLASH', containerId: town.container }])
    await api.post(`/merges/${mergeId}/undo`)
    expect(await Promise.all([instruments(a.id), instruments(b.id)])).toEqual([0, 1])
  })
})
