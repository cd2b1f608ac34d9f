import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the project; tests run in `frontend/`. */
const PROJECT = join(process.cwd(), "..");

/** A JSON file of the project, for tests that compare the screens with what the service is made of. */
export function projectFile<T>(path: string): T {
  return JSON.parse(readFileSync(join(PROJECT, path), "utf8")) as T;
}

interface Item {
  code: string;
  screen: string;
}

/** What the tests read of a version of the standard. */
export interface StandardFile {
  version: string;
  components: { code: string; component: string; items: Item[] }[];
}

/** Every version of the standard that ships with the service. */
export function standardFiles(): StandardFile[] {
  const folder = "reference/standard";
  const names = readdirSync(join(PROJECT, folder)).filter((name) => name !== "schema.json");
  return names.map((name) => projectFile<StandardFile>(`${folder}/${name}`));
}

/** What the tests read of the API's document. */
export interface ApiDocument {
  paths: Record<string, Record<string, { operationId: string; tags: string[] }>>;
  components: { schemas: Record<string, { enum?: string[] }> };
}

export const apiDocument = () => projectFile<ApiDocument>("openapi.json");
