import { Check } from 'lucide-react'
import { Fragment } from 'react'
import { Badge } from '#components/ui/badge'
import { Card } from '#components/ui/card'
import { Cell, ColumnHeader, RowHeader, Table, TableHead, TableRow } from '#components/ui/table'
import { GRANTS, PERMISSIONS, type Permission, ROLE_SENTENCES, ROLES, type Role } from '#lib/core/permissions'
import { groupsOf, type PermissionGroup, permissionText, roleName } from '../words.ts'

const GROUPS = groupsOf(PERMISSIONS)

const holds = (role: Role, permission: Permission): boolean => GRANTS[permission]?.includes(role) ?? false

/** Every role against every permission, straight from the table that the server checks. */
export function RolesTable({ own }: { own: readonly Role[] }) {
  return (
    <>
      <Card title="The roles" className="mb-4">
        <dl className="grid gap-3 sm:grid-cols-2">
          {ROLES.map((role) => (
            <div key={role}>
              <dt className="flex items-center gap-2 font-medium">
                {roleName(role)}
                {own.includes(role) && <Badge tone="accent">Your role</Badge>}
              </dt>
              <dd className="text-muted">{ROLE_SENTENCES[role]}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card flush className="max-sm:hidden">
        <Wide />
      </Card>
      <div className="flex flex-col gap-4 sm:hidden">
        {GROUPS.map((group) => (
          <Card key={group.noun} title={group.label}>
            <Narrow group={group} />
          </Card>
        ))}
      </div>
    </>
  )
}

function Wide() {
  return (
    <Table caption="Permissions of each role" density="compact" tall still>
      <TableHead>
        <ColumnHeader className="sticky inset-s-0 z-1">Permission</ColumnHeader>
        {ROLES.map((role) => (
          <ColumnHeader key={role} className="text-center">
            {roleName(role)}
          </ColumnHeader>
        ))}
      </TableHead>
      {GROUPS.map((group) => (
        <tbody key={group.noun}>
          <TableRow className="bg-sunken">
            <RowHeader scope="colgroup" colSpan={ROLES.length + 1} className="text-muted">
              {group.label}
            </RowHeader>
          </TableRow>
          {group.permissions.map((permission) => (
            <TableRow key={permission}>
              <RowHeader className="font-normal">
                {permissionText(permission)}{' '}
                <code dir="ltr" className="font-mono text-caption text-muted">
                  {permission}
                </code>
              </RowHeader>
              {ROLES.map((role) => (
                <Cell key={role} className="text-center">
                  <Mark held={holds(role, permission)} />
                </Cell>
              ))}
            </TableRow>
          ))}
        </tbody>
      ))}
    </Table>
  )
}

function Mark({ held }: { held: boolean }) {
  return (
    <>
      {held ? (
        <Check aria-hidden className="mx-auto size-4 text-success-text" strokeWidth={2} />
      ) : (
        <span aria-hidden className="text-subtle">
          –
        </span>
      )}
      <span className="sr-only">{held ? 'yes' : 'no'}</span>
    </>
  )
}

/** On phones the same, each permission with the roles that hold it. */
function Narrow({ group }: { group: PermissionGroup }) {
  return (
    <dl className="flex flex-col gap-2">
      {group.permissions.map((permission) => (
        <Fragment key={permission}>
          <div>
            <dt className="font-medium">{permissionText(permission)}</dt>
            <dd className="text-small text-muted">
              {ROLES.filter((role) => holds(role, permission))
                .map(roleName)
                .join(', ')}
            </dd>
          </div>
        </Fragment>
      ))}
    </dl>
  )
}
