import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, test } from "vitest";
import { loadTexts } from "@/lib/i18n";
import { offerUndo, sayUndoFailed, UndoBar } from "./undo";

beforeAll(() => loadTexts("setup"));

test("an undo that fails is said, and what to do instead", async () => {
  render(<UndoBar />);
  act(() => offerUndo("“SOP” diarsipkan.", () => sayUndoFailed("Belum dapat dipulihkan.")));
  await userEvent.click(screen.getByRole("button", { name: "Urungkan" }));
  expect(screen.getByRole("status").textContent).toBe("Belum dapat dipulihkan.");
  expect(screen.queryByRole("button")).toBeNull();
});
