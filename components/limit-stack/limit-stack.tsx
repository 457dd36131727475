import Link from "next/link";
import type { LayerName, LimitLayer, LimitStack as Stack } from "@/server/domain/limits/limit-stack";
import { Badge } from "../ui/badge";
import { cx } from "../ui/class-names";
import { Notice } from "../ui/state/notice";
import { effectWords, layerBound, layerValue, WHOSE } from "./stack-words";

export type StackPlace = {
  /** Null on the stage's own screen. */
  stageHref: string | null;
  stageName: string;
  plan: { id: string; name: string } | null;
};

const DECIDES = { rate: "lowest rate", burst: "lowest burst", total: "sets the total" } as const;

/** The limits a request meets, in the order they are asked, and what they come to. */
export function LimitStack({ stack, place }: { stack: Stack; place: StackPlace }) {
  const held = stack.layers.filter(({ state }) => state === "enforced" || state === "shadow");
  const bounds = [...new Set(held.map((layer) => layerBound(layer).words))];
  return (
    <div className="flex flex-col gap-3">
      <Notice tone={stack.isClosed ? "warn" : "info"}>{effectWords(stack, place.plan?.name ?? null)}</Notice>
      <ol aria-label="Limits in the order they are asked" className="@container flex flex-col gap-1">
        {stack.layers.map((layer, index) => (
          <Layer key={layer.name} layer={layer} number={index + 1} place={place} />
        ))}
      </ol>
      <div className="text-faint text-sm">
        {bounds.map((words) => (
          <p key={words}>{words}.</p>
        ))}
      </div>
    </div>
  );
}

function Layer({ layer, number, place }: { layer: LimitLayer; number: number; place: StackPlace }) {
  const isSet = layer.state !== "none";
  const isHeld = layer.state === "enforced" || layer.state === "shadow";
  return (
    <li
      className={cx(
        "grid grid-cols-[20px_1fr] gap-x-2 rounded-md border px-3 py-2",
        layer.decides.length > 0 ? "border-accent/50 bg-accent-soft/40" : "border-line",
        !isHeld && "border-dashed",
      )}
    >
      <span className="num pt-px text-faint text-sm">{number}</span>
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <span className={isSet ? "font-medium" : "text-muted"}>{nameOf(layer.name, place)}</span>
          <span
            className={cx(
              "num",
              isHeld ? undefined : "text-faint",
              layer.state === "replaced" && "line-through",
            )}
          >
            {isSet ? layerValue(layer) : "not set"}
          </span>
          <span className="ml-auto flex flex-wrap gap-1 @max-lg:ml-0 @max-lg:basis-full">
            <State layer={layer} />
            {layer.decides.map((what) => (
              <Badge key={what} tone="accent">
                {DECIDES[what]}
              </Badge>
            ))}
          </span>
        </div>
        <p className="text-faint text-sm">
          {isSet ? `${capital(WHOSE[layer.name])} · set in ` : "Can be set in "}
          <Where name={layer.name} place={place} />
        </p>
      </div>
    </li>
  );
}

function State({ layer }: { layer: LimitLayer }) {
  const bound = layerBound(layer);
  switch (layer.state) {
    case "enforced":
      return <Badge title={bound.words}>{bound.mode.toLowerCase()}, enforced</Badge>;
    case "shadow":
      return (
        <Badge tone="warn" title={`Refuses nothing and counts what it would refuse. ${bound.words}`}>
          {bound.mode.toLowerCase()}, shadow
        </Badge>
      );
    case "replaced":
      return <Badge title="The method has settings of its own">replaced by the method's own</Badge>;
    case "bypassed":
      return <Badge title="A plan holds only where a key is asked for">no key asked for</Badge>;
    case "none":
      return null;
  }
}

function Where({ name, place }: { name: LayerName; place: StackPlace }) {
  if (name === "account") return <>the gateway, as AWS's default</>;
  if (name === "method" || name === "stage")
    return place.stageHref ? (
      <Place href={`${place.stageHref}?tab=throttling`}>the stage {place.stageName}</Place>
    ) : (
      <>the table above</>
    );
  return <Place href={`/usage-plans/${place.plan?.id}`}>the plan {place.plan?.name}</Place>;
}

function Place({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <Link href={href} className="text-accent underline underline-offset-2">
      {children}
    </Link>
  );
}

function nameOf(name: LayerName, { plan, stageName }: StackPlace): string {
  switch (name) {
    case "plan-method":
      return `${plan?.name}, for this method`;
    case "plan":
      return `${plan?.name}`;
    case "method":
      return `This method on ${stageName}`;
    case "stage":
      return `Every method of ${stageName}`;
    case "account":
      return "Account";
    case "quota":
      return `Quota of ${plan?.name}`;
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
