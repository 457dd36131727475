import { z } from "zod";
import { ROLES } from "@/server/domain/permissions";

export const idSchema = z.string().min(1).max(64);
export const nameSchema = z.string().trim().min(1, "Give it a name").max(1024);
export const descriptionSchema = z.string().max(1024);
export const roleSchema = z.enum(ROLES);
export const revisionSchema = z.number().int().min(1);
export const daysSchema = z.number().int().min(1).max(366);
export const stageNameSchema = z
  .string()
  .regex(/^[a-zA-Z0-9_-]{1,128}$/, "A stage name has letters, digits, _ and - (at most 128)");
export const passwordSchema = z
  .string()
  .min(8, "A password has at least 8 characters")
  .max(128, "A password has at most 128 characters");
export const apiInput = z.object({ apiId: idSchema });
export const stageInput = z.object({ apiId: idSchema, stageName: stageNameSchema });
export const throttleInput = z.object({
  rateLimit: z.number().min(0),
  burstLimit: z.number().int().min(0),
  shadow: z.boolean().optional(),
});
export const quotaInput = z.object({
  limit: z.number().int().min(1),
  offset: z.number().int().min(0).optional(),
  period: z.enum(["DAY", "WEEK", "MONTH"]),
  mode: z.enum(["strict", "fast"]).optional(),
  shadow: z.boolean().optional(),
});
