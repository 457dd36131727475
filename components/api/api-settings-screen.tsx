"use client";
import { Loaded } from "../shell/loaded";
import { PageBody } from "../shell/page-header";
import { ApiHeader } from "./api-header";
import { SettingsSection } from "./settings/settings-section";
import { TagsSection } from "./settings/tags-section";
import { useApi } from "./use-api";

export function ApiSettingsScreen({ apiId }: { apiId: string }) {
  const query = useApi(apiId);
  return (
    <>
      <ApiHeader apiId={apiId} section="Settings" />
      <PageBody>
        <Loaded query={query}>
          {(api) => (
            <div className="flex flex-col gap-4">
              <SettingsSection api={api} />
              <TagsSection apiId={apiId} />
            </div>
          )}
        </Loaded>
      </PageBody>
    </>
  );
}
