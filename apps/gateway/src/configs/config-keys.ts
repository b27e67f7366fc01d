/** The gateway's view of the keys of items, beside those that the SDK shares. */

/** What comes before the name of a namespace in the keys of its items. */
export const NAMESPACES = '/concord/config/items/';
