'use client'

import type { RadioOption } from '#components/ui/radio-group'
import { ROLE_SENTENCES, ROLES } from '#lib/core/permissions'
import { mayGrant } from '../rights.ts'
import { roleName } from '../words.ts'

type Can = Parameters<typeof mayGrant>[0]

/** The roles as radios with what each is for; those the reader may not hand out are left out. */
export const roleOptions = (can: Can): RadioOption[] =>
  ROLES.filter((role) => mayGrant(can, role)).map((role) => ({
    value: role,
    label: <span className="font-medium">{roleName(role)}</span>,
    hint: ROLE_SENTENCES[role],
  }))
