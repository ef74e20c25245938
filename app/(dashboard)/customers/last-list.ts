// The list a record was opened from, for "previous", "next" and the way back. It lives as long as the tab.
export type LastList = { m: number; ids: readonly number[]; href: string }

let last: LastList | undefined

export function rememberList(list: LastList) {
  last = list
}

/** The list the reader came from, if it was one of this merchant. */
export const lastList = (m: number): LastList | undefined => (last?.m === m ? last : undefined)
