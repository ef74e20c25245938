import { api } from '#lib/api/app'

/** Hands a request of Next to the API app. */
export const handle = (req: Request): Response | Promise<Response> => api.fetch(req)
