"use client";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { toast } from "sonner";
import { failureOf } from "../trpc/failure";
import { Button } from "../ui/button";
import { saveFile } from "./save-file";

/** Asks the console for a file and saves it. */
export function DownloadButton({
  load,
  children,
}: {
  load: () => Promise<{ filename: string; content: string }>;
  children: ReactNode;
}) {
  const [isPending, setPending] = useState(false);
  const run = () => {
    setPending(true);
    load()
      .then(saveFile)
      .catch((error) => toast.error(failureOf(error).message))
      .finally(() => setPending(false));
  };
  return (
    <Button size="sm" variant="ghost" className="-ml-2" pending={isPending} onClick={run}>
      <Download /> {children}
    </Button>
  );
}
