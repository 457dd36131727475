"use client";
import { Copy, Download, Ellipsis, FileUp, History, Settings2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useCan } from "../shell/session";
import { IconButton } from "../ui/icon-button";
import { DropdownMenu, MenuItem, MenuSeparator } from "../ui/overlay/dropdown-menu";
import { ExportDialog } from "./export-dialog";
import { useApi } from "./use-api";
import { useDeleteApi } from "./use-delete-api";

/** What can be done with an API as a whole. */
export function ApiMenu({ apiId }: { apiId: string }) {
  const router = useRouter();
  const can = useCan();
  const { data: api } = useApi(apiId);
  const [isExporting, setExporting] = useState(false);
  const deleteApi = useDeleteApi();
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton label="More for this API">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => router.push(`/apis/${apiId}/settings`)}>
          <Settings2 /> Settings
        </MenuItem>
        <MenuItem onSelect={() => router.push(`/apis/${apiId}/history`)}>
          <History /> Edit history
        </MenuItem>
        <MenuItem onSelect={() => setExporting(true)}>
          <Download /> Export…
        </MenuItem>
        {can("api:write") ? (
          <MenuItem onSelect={() => router.push(`/apis/import?into=${apiId}`)}>
            <FileUp /> Import into this API…
          </MenuItem>
        ) : null}
        <MenuItem onSelect={() => void navigator.clipboard?.writeText(apiId)}>
          <Copy /> Copy id <span className="mono ml-auto pl-3 text-faint">{apiId}</span>
        </MenuItem>
        {can("api:delete") ? (
          <>
            <MenuSeparator />
            <MenuItem
              danger
              onSelect={() => api && deleteApi.ask({ id: api.id, name: api.name, stages: api.stages.length })}
            >
              <Trash2 /> Delete
            </MenuItem>
          </>
        ) : null}
      </DropdownMenu>
      {isExporting ? <ExportDialog apiId={apiId} onClose={() => setExporting(false)} /> : null}
      {deleteApi.dialog}
    </>
  );
}
