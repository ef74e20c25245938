// Two people edited one customer: what can be saved together, and what somebody must decide (pure, browser-safe).

/** One field as text or a switch; an empty text is no value. */
export type Leaf = string | boolean
/** A form taken apart: `billing.city` → its value. A path that is missing counts as empty. */
export type Leaves = Readonly<Record<string, Leaf>>

export type FieldConflict = {
  path: string
  /** When the form was opened, as it stands now, and as it was typed. */
  opened: Leaf
  now: Leaf
  yours: Leaf
}

export type Merge = {
  /** Everything without a conflict put together; a conflict stands here as it is now. */
  merged: Leaves
  /** What only the others changed. */
  theirs: string[]
  /** What only you changed. */
  mine: string[]
  conflicts: FieldConflict[]
}

const at = (leaves: Leaves, path: string): Leaf => leaves[path] ?? ''

/** The same for a reader: absent, empty and switched off are alike. */
const alike = (a: Leaf, b: Leaf): boolean => (a || '') === (b || '')

/** Puts two edits of one opened form together, field by field. Both writing the same value is no conflict. */
export function mergeEdits(opened: Leaves, now: Leaves, yours: Leaves): Merge {
  const merge = {
    merged: { ...now } as Record<string, Leaf>,
    theirs: [] as string[],
    mine: [] as string[],
    conflicts: [] as FieldConflict[],
  }
  for (const path of new Set([...Object.keys(opened), ...Object.keys(now), ...Object.keys(yours)])) {
    const [was, is, typed] = [at(opened, path), at(now, path), at(yours, path)]
    const theyChanged = !alike(was, is)
    const youChanged = !alike(was, typed)
    if (theyChanged && youChanged && !alike(is, typed))
      merge.conflicts.push({ path, opened: was, now: is, yours: typed })
    else if (youChanged && !theyChanged) {
      merge.merged[path] = typed
      merge.mine.push(path)
    } else if (theyChanged && !youChanged) merge.theirs.push(path)
  }
  return merge
}

export type Side = 'theirs' | 'mine'

/** The merge after somebody decided; a field nobody decided stays as it is now, so that nothing is overwritten unseen. */
export function resolveConflicts(merge: Merge, choices: Readonly<Record<string, Side>>): Leaves {
  const resolved: Record<string, Leaf> = { ...merge.merged }
  for (const { path, yours } of merge.conflicts) if (choices[path] === 'mine') resolved[path] = yours
  return resolved
}
