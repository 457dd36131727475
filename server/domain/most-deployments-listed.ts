/** A list of an API's deployments has no more; the newest. */
export const MOST_DEPLOYMENTS_LISTED = 200;
