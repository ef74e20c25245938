// What a payment profile is made of (zod only, browser-safe). The customer data has the payment API's names and limits.
import { z } from 'zod'
import { CountryCode, DateOfBirth, email, phone, text } from '../customers/values.ts'

/** Any case is accepted, and a text that is no guid is simply not found. */
const Guid = z
  .string()
  .max(100)
  .transform((guid) => guid.toUpperCase())
const id = z.number().int().positive()

export const CustomerIdentification = text(36, { required: true })

export const CustomerData = z
  .strictObject({
    firstName: text(50),
    lastName: text(50),
    birthDate: DateOfBirth,
    gender: z.enum(['M', 'F']),
    billingAddress1: text(50),
    billingAddress2: text(50),
    billingCity: text(50),
    billingPostcode: text(16),
    billingState: text(30),
    billingCountry: CountryCode,
    billingPhone: phone(20),
    company: text(50),
    email: email(255),
    ipAddress: text(50),
    nationalId: text(14),
    /** A JSON object of the merchant's own words, as text: every member of the data is one. */
    extraData: text(10_000),
  })
  .partial()
export type CustomerData = z.infer<typeof CustomerData>

type Nullable<T extends z.ZodRawShape> = {
  [K in keyof T]: z.ZodOptional<z.ZodNullable<T[K] extends z.ZodOptional<infer V> ? V : never>>
}
const nullable = <T extends z.ZodRawShape>(shape: T): Nullable<T> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, value]) => [name, (value as z.ZodType).nullable()]),
  ) as unknown as Nullable<T>

/** The same members, where null clears one. */
export const CustomerDataPatch = z.strictObject(nullable(CustomerData.shape))
export type CustomerDataPatch = z.infer<typeof CustomerDataPatch>

export const NewProfile = z.strictObject({
  /** The merchant's default container when absent. */
  containerId: id.optional(),
  /** Unique in the container; that of the linked customer's UUID, else of the guid, when absent. */
  customerIdentification: CustomerIdentification.optional(),
  customerData: CustomerData.default({}),
  /** The caller's customer to link at once. */
  customerId: id.optional(),
})
export type NewProfile = z.input<typeof NewProfile>

export const ProfilePatch = z.strictObject({
  profileGuid: Guid,
  customerData: CustomerDataPatch.default({}),
  /** The payment token of one of the profile's instruments. */
  preferredInstrument: z.string().max(100).optional(),
})

export const ProfileRef = z.strictObject({ profileGuid: Guid })
export const ProfileLink = z.strictObject({ profileGuid: Guid, customerId: z.number().int() })
/** `confirm` is the guid typed once more. */
export const ProfileDeletion = z.strictObject({ profileGuid: Guid, confirm: Guid })

export const ProfileSearch = z.strictObject({
  /** Any part of guid or identification; of the linked customer's data what a customer search would find. */
  q: z.string().max(200).default(''),
  containerId: z.array(z.number().int()).default([]),
  sort: z.enum(['-createDate', 'createDate']).default('-createDate'),
  limit: z.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1000).optional(),
  total: z.boolean().default(false),
})
export type ProfileSearch = z.input<typeof ProfileSearch>
