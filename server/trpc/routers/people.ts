import { z } from "zod";
import { createPerson } from "@/server/services/person/create-person";
import { listPeople } from "@/server/services/person/list-people";
import { removePerson } from "@/server/services/person/remove-person";
import { setRole } from "@/server/services/person/set-role";
import { procedure, router } from "@/server/trpc/trpc";
import { idSchema, nameSchema, roleSchema } from "./inputs";

export const peopleRouter = router({
  list: procedure("people:read").query(({ ctx }) => listPeople(ctx.actor)),
  create: procedure("people:write")
    .input(z.object({ name: nameSchema, email: z.email(), role: roleSchema }))
    .mutation(({ ctx, input }) => createPerson(ctx.actor, input)),
  setRole: procedure("people:write")
    .input(z.object({ userId: idSchema, role: roleSchema }))
    .mutation(({ ctx, input }) => setRole(ctx.actor, input)),
  remove: procedure("people:write")
    .input(z.object({ userId: idSchema }))
    .mutation(({ ctx, input }) => removePerson(ctx.actor, input)),
});
