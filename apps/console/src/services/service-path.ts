/** Where the page of a service is. */
export const pathOfService = (name: string): string => `/services/${encodeURIComponent(name)}`;
