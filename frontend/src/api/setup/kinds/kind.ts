import type { ComponentKey } from "@/lib/components";
import type { paths } from "../../schema.gen";
import type { CodeList } from "../codes";
import type { KindKey } from ".";

/** Paths at which records of a kind are listed and created. */
export type SetupPath = Extract<keyof paths, `/api/v1/districts/{code}/setup/${string}/${string}`>;

/** What the screens need to know of a kind of setup record. `C` is its content. */
export interface RecordKind<C extends object> {
  /** Its word in the API, in texts (`field.<key>.…`) and in what this device stores. */
  key: KindKey;
  component: ComponentKey;
  path: SetupPath;
  /** Its word in addresses of pages. */
  slug: string;
  /** The content of a new one. */
  empty: C;
  /** Fields that hold a code, by path without row numbers (`stages.stage`), and of which list. */
  codes: Partial<Record<string, CodeList>>;
  /** Fields that hold ids of other records, by the same paths, and of which kinds. */
  refs: Partial<Record<string, KindKey[]>>;
}

/** A kind whose content does not matter where it is used. */
// biome-ignore lint/suspicious/noExplicitAny: records of every kind pass through here
export type AnyKind = RecordKind<any>;
