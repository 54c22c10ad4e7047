import { grouped } from 'src/common/collections/grouped';
import type { ExportSection } from 'src/common/personal-data/personal-data';
import { EXPORT_SECTIONS } from './export.types';

/** What the parts of all modules say under one name. */
export interface ArrangedSection {
  name: string;
  isSingle: boolean;
  /** Of all who add to it, each once. */
  fields: readonly string[];
  sources: readonly ExportSection[];
}

/** The sections in the order of the contract; what it does not name comes last. */
export function arranged(sections: readonly ExportSection[]): ArrangedSection[] {
  const byName = grouped(sections.map((section) => [section.name, section]));
  const names: readonly string[] = EXPORT_SECTIONS;
  const place = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  return [...byName]
    .map(([name, sources]) => ({
      name,
      isSingle: sources.every(({ isSingle }) => isSingle),
      fields: [...new Set(sources.flatMap(({ fields }) => fields))],
      sources,
    }))
    .sort((one, other) => place(one.name) - place(other.name));
}
