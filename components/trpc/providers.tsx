"use client";
import "./zod-without-eval";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from "@trpc/client";
import { ThemeProvider, useTheme } from "next-themes";
import { type ReactNode, useState } from "react";
import { Toaster } from "sonner";
import superjson from "superjson";
import type { AppRouter } from "@/server/trpc/root";
import { TooltipProvider } from "../ui/overlay/tooltip";
import { failureOf } from "./failure";
import { TRPCProvider } from "./trpc";

/** A session that ended: every screen leads to the sign-in page and back. */
function leaveIfSignedOut(error: unknown) {
  if (typeof window === "undefined" || failureOf(error).code !== "UNAUTHENTICATED") return;
  const { pathname, search } = window.location;
  if (pathname === "/sign-in" || pathname === "/setup") return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

const FINAL = new Set(["NOT_FOUND", "FORBIDDEN", "UNAUTHENTICATED", "INVALID", "CONFLICT"]);

const makeQueryClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => count < 2 && !FINAL.has(failureOf(error).code),
      },
    },
  });

function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-center"
      toastOptions={{
        classNames: {
          toast: "!rounded-lg !border-line !bg-raised !text-ink !font-sans !text-base !shadow-float",
          description: "!text-muted !text-sm",
          actionButton: "!bg-accent !text-accent-ink !rounded-md !font-medium",
        },
      }}
    />
  );
}

/** Everything client components count on: theme, queries, tRPC, tooltips, toasts. */
export function Providers({ children, nonce }: { children: ReactNode; nonce?: string | undefined }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        splitLink({
          condition: ({ type }) => type === "subscription",
          true: httpSubscriptionLink({ url: "/api/trpc", transformer: superjson }),
          false: httpBatchLink({ url: "/api/trpc", transformer: superjson, maxURLLength: 6000 }),
        }),
      ],
    }),
  );
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          <TooltipProvider delayDuration={300}>
            {children}
            <Toasts />
          </TooltipProvider>
        </TRPCProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
