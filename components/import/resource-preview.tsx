import type { Answers } from "../trpc/trpc";
import { Verb } from "../ui/verb";

type Summary = Answers["api"]["importPreview"]["summary"];

/** The resources and methods an import would make, as a tree. */
export function ResourcePreview({ resources }: { resources: Summary["resources"] }) {
  return (
    <ul aria-label="Resources to import" className="min-h-0 flex-1 overflow-y-auto pb-3">
      {resources.map((resource) => {
        const depth = resource.path === "/" ? 0 : resource.path.split("/").length - 1;
        return (
          <li key={resource.path}>
            <div className="flex min-h-7 items-center gap-3 pr-3.5" style={{ paddingLeft: 14 + depth * 14 }}>
              <span className="mono min-w-0 truncate">{resource.path}</span>
              <span className="ml-auto flex flex-wrap gap-2">
                {resource.methods.map((method) => (
                  <Verb key={method} method={method} />
                ))}
              </span>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
