import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, renderHook, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { ProblemError } from "@/api/problem";
import { COMPONENTS } from "@/lib/components";
import { AutosaveState } from "./autosave-state";
import { ConflictDialog } from "./conflict-dialog";
import { conflictFields } from "./conflict-fields";
import { DayInput } from "./day-input";
import { ReadinessRing } from "./readiness-ring";
import { ScoreBar } from "./score-bar";
import { useVersionedSave } from "./use-versioned-save";

function Frame({ children }: { children: ReactNode }) {
  const [client] = useState(() => new QueryClient());
  return (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}
const show = (node: ReactNode) => render(node, { wrapper: Frame });

describe("ReadinessRing", () => {
  const parts = COMPONENTS.map((key, index) => ({ key, label: key, percent: index * 20 }));

  test("says every component's number, so that nothing hangs on colour", () => {
    show(<ReadinessRing parts={parts} overall={50} />);
    const name = screen.getByRole("img").getAttribute("aria-label") ?? "";
    expect(name).toContain("50 persen, Sebagian");
    for (const part of parts) expect(name).toContain(`${part.key} ${part.percent}%`);
  });

  test("draws no filled arc for nothing and the full step for everything", () => {
    const { container } = show(<ReadinessRing parts={parts} overall={50} />);
    expect(container.querySelector('[data-key="regulation"]')).toBeNull();
    expect(container.querySelector('[data-key="data"]')?.getAttribute("data-step")).toBe(
      "complete",
    );
    expect(container.querySelectorAll('[data-part="track"]')).toHaveLength(COMPONENTS.length);
  });
});

describe("ScoreBar", () => {
  test("gives number and word, and what of it is verified", () => {
    show(<ScoreBar label="Regulasi" claimed={80} verified={40} />);
    const meter = screen.getByRole("meter", { name: "Regulasi" });
    expect(meter.getAttribute("aria-valuenow")).toBe("80");
    expect(meter.getAttribute("aria-valuetext")).toContain("40 persen terverifikasi");
    expect(screen.getByText("80% · Hampir lengkap")).toBeTruthy();
  });

  test("never shows more verified than claimed", () => {
    show(<ScoreBar label="SDM" claimed={30} verified={90} />);
    expect(screen.getByText("Terverifikasi 30%")).toBeTruthy();
  });
});

describe("AutosaveState", () => {
  test("shows the time of the last save", () => {
    show(<AutosaveState state={{ kind: "saved", at: new Date(2026, 2, 7, 10, 42) }} />);
    expect(screen.getByRole("status").textContent).toBe("Tersimpan 10.42");
  });

  test("interrupts only when something was refused", () => {
    const { rerender } = show(<AutosaveState state={{ kind: "saving" }} />);
    expect(screen.getByRole("status").getAttribute("aria-live")).toBe("polite");
    rerender(<AutosaveState state={{ kind: "refused" }} />);
    expect(screen.getByRole("status").getAttribute("aria-live")).toBe("assertive");
  });
});

function DayField({ onDay }: { onDay: (iso: string | null) => void }) {
  const [value, setValue] = useState<string | null>("2020-01-31");
  return (
    <DayInput
      label="Tanggal"
      value={value}
      onChange={(iso) => {
        setValue(iso);
        onDay(iso);
      }}
    />
  );
}

describe("DayInput", () => {
  test("takes a typed day and shows it in one form", async () => {
    const onDay = vi.fn();
    show(<DayField onDay={onDay} />);
    const field = screen.getByLabelText<HTMLInputElement>("Tanggal");
    expect(field.value).toBe("31/1/2020");
    await userEvent.clear(field);
    await userEvent.type(field, "07-03-2020");
    await userEvent.tab();
    expect(onDay).toHaveBeenLastCalledWith("2020-03-07");
    expect(field.value).toBe("7/3/2020");
  });

  test("keeps wrong text, and says how to mend it only after leaving the field", async () => {
    const onDay = vi.fn();
    show(<DayField onDay={onDay} />);
    const field = screen.getByLabelText<HTMLInputElement>("Tanggal");
    await userEvent.clear(field);
    onDay.mockClear();
    await userEvent.type(field, "31/2/2020");
    expect(screen.queryByText(/tidak ada di kalender/)).toBeNull();
    await userEvent.tab();
    expect(screen.getByText(/tidak ada di kalender/)).toBeTruthy();
    expect(field.value).toBe("31/2/2020");
    expect(onDay).not.toHaveBeenCalled();
  });
});

describe("ConflictDialog", () => {
  const mine = { title: "SOP Rujukan", note: "sama" };
  const theirs = { title: "SOP Rujukan Kasus", note: "sama" };
  const fields = conflictFields(mine, theirs, { title: "Judul", note: "Catatan" });

  test("lists only what differs, both texts side by side", async () => {
    const keep = vi.fn();
    const take = vi.fn();
    show(
      <ConflictDialog
        saving={{
          isSaving: false,
          keepMine: keep,
          takeTheirs: take,
          dismiss: () => undefined,
        }}
        fields={fields}
        otherAuthor="Budi Misal"
      />,
    );
    const dialog = await screen.findByRole("dialog", { name: /baru saja diubah/ });
    const row = within(dialog).getByRole("row", { name: /Judul/ });
    expect(row.textContent).toBe("JudulSOP RujukanSOP Rujukan Kasus");
    expect(within(dialog).queryByText("Catatan")).toBeNull();
    expect(dialog.textContent).toContain("Budi Misal");
    await userEvent.click(within(dialog).getByRole("button", { name: "Simpan tulisan saya" }));
    expect(keep).toHaveBeenCalledOnce();
    expect(take).not.toHaveBeenCalled();
  });
});

describe("useVersionedSave", () => {
  const stale = new ProblemError({
    type: "about:blank",
    title: "stale",
    status: 412,
    code: "stale",
    request_id: "r",
  });

  test("on a conflict nothing is stored; keeping mine saves against the version that was shown", async () => {
    const save = vi
      .fn<(values: string, etag: string | null) => Promise<{ value: string; etag: string }>>()
      .mockRejectedValueOnce(stale)
      .mockResolvedValueOnce({ value: "milik saya", etag: '"3"' });
    const onStored = vi.fn();
    const { result } = renderHook(
      () =>
        useVersionedSave<string, string>({
          opened: { value: "awal", etag: '"1"' },
          load: async () => ({ value: "milik dia", etag: '"2"' }),
          save,
          onStored,
        }),
      { wrapper: Frame },
    );
    result.current.save("milik saya");
    await waitFor(() => expect(result.current.conflict).not.toBeNull());
    expect(result.current.conflict).toMatchObject({
      mine: "milik saya",
      theirs: { value: "milik dia" },
    });
    expect(onStored).not.toHaveBeenCalled();
    result.current.keepMine();
    await waitFor(() => expect(onStored).toHaveBeenCalledOnce());
    expect(save.mock.calls).toEqual([
      ["milik saya", '"1"'],
      ["milik saya", '"2"'],
    ]);
    expect(result.current.conflict).toBeNull();
  });

  test("other refusals are errors, not conflicts", async () => {
    const onError = vi.fn();
    const { result } = renderHook(
      () =>
        useVersionedSave<string, string>({
          opened: { value: "awal", etag: '"1"' },
          load: async () => ({ value: "", etag: null }),
          save: async () => {
            throw new Error("lain");
          },
          onStored: () => undefined,
          onError,
        }),
      { wrapper: Frame },
    );
    result.current.save("x");
    await waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(result.current.conflict).toBeNull();
  });
});
