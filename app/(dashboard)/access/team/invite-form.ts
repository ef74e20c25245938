// The addresses typed into the invitation form: one or many, separated by lines, commas or spaces.
import { z } from 'zod'
import { StaffEmail, StaffRole } from '#lib/access/schema'

const MOST = 50

export const Addresses = z.string().transform((text, check) => {
  const found = [
    ...new Map(
      text
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((each) => [each.toLowerCase(), each]),
    ).values(),
  ]
  const wrong = found.find((each) => !StaffEmail.safeParse(each).success)
  if (found.length === 0) check.addIssue({ code: 'custom', message: 'Type at least one e-mail address.' })
  if (wrong) check.addIssue({ code: 'custom', message: `“${wrong}” is not an e-mail address.` })
  if (found.length > MOST) check.addIssue({ code: 'custom', message: `Invite at most ${MOST} people at once.` })
  return found
})

export const InviteForm = z.object({ emails: Addresses, role: StaffRole })
