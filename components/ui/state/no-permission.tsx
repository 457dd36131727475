import { Lock } from "lucide-react";
import { EmptyState } from "./empty-state";

/** Says who can, instead of hiding that the place exists. */
export function NoPermission({ what, who }: { what: string; who: string }) {
  return (
    <EmptyState icon={<Lock />} title={`Your role cannot ${what}`}>
      {who} can. Ask the owner of the workspace to change your role if you need it.
    </EmptyState>
  );
}
