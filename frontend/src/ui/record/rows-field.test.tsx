import { MantineProvider } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, expect, test } from "vitest";
import { KINDS } from "@/api/setup/kinds";
import { loadTexts } from "@/lib/i18n";
import { lensOf } from "./lens";
import { RowsField } from "./rows-field";

beforeAll(() => loadTexts("setup", "mechanism"));

interface Content {
  steps: { id: string; name: string }[];
}

function Form() {
  const [value, change] = useState<Content>({
    steps: ["satu", "dua", "tiga"].map((name) => ({ id: name, name })),
  });
  const form = {
    code: "73.06",
    kind: KINDS.sop,
    readOnly: false,
    errors: { steps: "Ada langkah yang keliru." },
    missing: {},
    target: null,
  };
  return (
    <MantineProvider env="test">
      <RowsField<Content, Content["steps"][number]>
        lens={lensOf(value, change, form)}
        name="steps"
        blank={{ name: "" }}
        add="Tambah langkah"
        summary={(row) => row.name}
      >
        {() => null}
      </RowsField>
    </MantineProvider>
  );
}
const focused = () => document.activeElement?.getAttribute("aria-label");

test("a row that moves is said, and its arrow keeps the focus until it is at an end", async () => {
  render(<Form />);
  await userEvent.click(screen.getByRole("button", { name: "Turunkan baris 1" }));
  await waitFor(() => expect(focused()).toBe("Turunkan baris 2"));
  expect(screen.getByText("Sekarang baris 2 dari 3.")).toBeTruthy();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement?.textContent).toBe("satu"));
  expect(screen.getByText("Sekarang baris 3 dari 3.")).toBeTruthy();
});

test("whoever removes a row is at the button that brings it back, and then at the row", async () => {
  render(<Form />);
  await userEvent.click(screen.getByRole("button", { name: "Hapus baris 2" }));
  const undo = screen.getByRole("button", { name: "Urungkan" });
  await waitFor(() => expect(document.activeElement).toBe(undo));
  await userEvent.click(undo);
  await waitFor(() => expect(document.activeElement?.textContent).toBe("dua"));
});

test("what is wrong with the list belongs to its group", () => {
  render(<Form />);
  const ids = screen.getAllByRole("group")[0]?.getAttribute("aria-describedby") ?? "";
  const said = ids.split(" ").map((id) => document.getElementById(id)?.textContent);
  expect(said).toContain("Ada langkah yang keliru.");
});
