import { Badge } from "../ui/badge";

/** Marks a setting of AWS's that is kept and exported, and has no meaning in this gateway. */
export function StoredOnly() {
  return (
    <Badge title="Kept in the draft, in exports and for AWS's clients; this gateway does not act on it">
      stored, no effect here
    </Badge>
  );
}
