import type { TableView } from '#components/data-table'

/** What a new colleague sees; everybody's own choice is kept on the server. */
export const defaultView: TableView = { hidden: ['connector', 'error'], order: [], density: 'regular' }
