"use client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@/server/trpc/root";

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** What a procedure answers: `Answers["api"]["list"]`. */
export type Answers = inferRouterOutputs<AppRouter>;
/** What a procedure takes: `Inputs["apiKey"]["create"]`. */
export type Inputs = inferRouterInputs<AppRouter>;
