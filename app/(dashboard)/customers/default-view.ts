import type { TableView } from '#components/data-table'

/** What a new colleague sees of the list; everybody's own choice is kept on the server. */
export const defaultView: TableView = {
  hidden: ['phone', 'company', 'tags', 'verification', 'completeness', 'language', 'updated'],
  order: [],
  density: 'regular',
}
