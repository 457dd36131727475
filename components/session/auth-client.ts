"use client";
import { createAuthClient } from "better-auth/react";

/** Sign-in and sign-out; everything else about the session comes from `session.me`. */
export const authClient = createAuthClient();
