/** The account that everything belongs to, where AWS's formats want one. */
export const ACCOUNT_ID = "000000000000";
