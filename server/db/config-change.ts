/** The channel on which data planes listen; the payload is the id of the newest change. */
export const CONFIG_CHANNEL = "gatehouse_config";

/** The advisory lock under which changes get their ids. Any fixed number. */
export const CONFIG_ORDER_LOCK = 7_240_311;
