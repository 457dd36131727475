export type Pet = {
  id: number;
  type: string;
  name: string;
  price: number;
  vaccinated: boolean;
  tags: string[];
};

type NewPet = Omit<Pet, "id">;

export type PetStore = {
  list: (filter: { type?: string; limit?: number }) => Pet[];
  find: (id: number) => Pet | undefined;
  add: (pet: NewPet) => Pet;
  remove: (id: number) => boolean;
};

const FIRST_PETS: NewPet[] = [
  { type: "dog", name: "Bello", price: 249.99, vaccinated: true, tags: ["calm", "good with children"] },
  { type: "cat", name: "Minka", price: 124.99, vaccinated: true, tags: ["indoor"] },
  { type: "fish", name: "Bubbles", price: 0.99, vaccinated: false, tags: [] },
  { type: "bird", name: "Coco", price: 59.5, vaccinated: false, tags: ["talks"] },
];

/** Pets in memory: they begin anew with every start. */
export function createPetStore(limit = 1000): PetStore {
  const pets = new Map<number, Pet>();
  let nextId = 1;
  const add = (pet: NewPet) => {
    const added = { id: nextId++, ...pet };
    pets.set(added.id, added);
    const oldest = pets.keys().next().value;
    if (pets.size > limit && oldest !== undefined) pets.delete(oldest);
    return added;
  };
  for (const pet of FIRST_PETS) add(pet);
  return {
    add,
    list: ({ type, limit: count = 100 }) =>
      [...pets.values()].filter((pet) => !type || pet.type === type).slice(0, count),
    find: (id) => pets.get(id),
    remove: (id) => pets.delete(id),
  };
}
