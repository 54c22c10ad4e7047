import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;

const REMEMBERING = new WeakSet<Storage>();

/**
 * Lets class-validator look for the rules of a class once. It goes through all classes of the product for each object
 * that it checks, which was a sixteenth of what a month of slots costs; a class and its parents have their rules before
 * anything can be checked by them, and get no others.
 */
export function rememberRules(): void {
  const storage = getMetadataStorage();
  if (REMEMBERING.has(storage)) return;
  REMEMBERING.add(storage);
  const find = storage.getTargetValidationMetadatas.bind(storage);
  const found = new WeakMap<object, Rules>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    const isUsual = !schema && !always && !strictGroups && !groups;
    if (!isUsual) return find(target, schema, always, strictGroups, groups);
    const rules = found.get(target) ?? find(target, schema, always, strictGroups);
    found.set(target, rules);
    return rules;
  };
}
