import { expect, type Locator, type Page } from "@playwright/test";

/** A file as the browser gets it from the test. */
export interface FilePayload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/**
 * What goes into a field: text (also picks the option of a list), several options or lines, a tick,
 * a file, or text for a field that only suggests.
 */
export type Answer = string | string[] | true | FilePayload | { typed: string };

/** Fills the fields of a form by their labels, as a person would. */
export async function fill(scope: Locator, answers: Record<string, Answer>): Promise<void> {
  for (const [label, answer] of Object.entries(answers)) await fillOne(scope, label, answer);
}

/** Adds a row to a list of the form and fills it. */
export async function addRow(
  scope: Locator,
  add: string,
  answers: Record<string, Answer>,
): Promise<void> {
  await scope.getByRole("button", { name: add, exact: true }).click();
  const open = scope.locator("li[data-row]").filter({
    has: scope.page().locator('[data-head][aria-expanded="true"]:focus'),
  });
  await expect(open).toHaveCount(1);
  const id = await open.getAttribute("data-row");
  await fill(scope.locator(`li[data-row="${id}"]`), answers);
}

async function fillOne(scope: Locator, label: string, answer: Answer): Promise<void> {
  if (answer === true) {
    await scope.getByRole("checkbox", { name: label, exact: true }).check();
    return;
  }
  if (typeof answer === "object" && "buffer" in answer) {
    const chooser = scope.page().waitForEvent("filechooser");
    await scope.getByRole("button", { name: `Unggah berkas: ${label}`, exact: true }).click();
    await (await chooser).setFiles(answer);
    const replace = scope.getByRole("button", { name: `Ganti berkas: ${label}`, exact: true });
    await expect(replace).toBeVisible();
    return;
  }
  if (typeof answer === "object" && "typed" in answer) {
    const suggests = scope.getByRole("combobox", { name: label, exact: true });
    await suggests.fill(answer.typed);
    await suggests.press("Tab");
    return;
  }
  const group = scope.getByRole("group", { name: label, exact: true });
  const list = scope.getByRole("combobox", { name: label, exact: true });
  await group.or(list).or(field(scope, label)).first().waitFor();
  if (Array.isArray(answer) && (await group.count()) > 0) {
    for (const name of answer) {
      await group.getByRole("checkbox", { name, exact: true }).check();
    }
    return;
  }
  if ((await list.count()) > 0) {
    for (const name of [answer].flat()) await choose(scope.page(), list, name);
    return;
  }
  await field(scope, label).fill([answer].flat().join("\n"));
}

/** Picks an option of a list as a mouse does; typing narrows lists that can be searched. */
export async function choose(page: Page, list: Locator, name: string): Promise<void> {
  await list.click();
  if (await list.isEditable()) await list.fill(name);
  const option = page.getByRole("option", { name, exact: true });
  await option.click();
  if ((await list.getAttribute("aria-expanded")) === "true") await list.press("Escape");
}

function field(scope: Locator, label: string): Locator {
  return scope.getByRole("textbox", { name: label, exact: true });
}
