import { MantineProvider, TextInput } from "@mantine/core";
import { createRootRoute, createRoute } from "@tanstack/react-router";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { testRouter } from "@/test-router";
import { Dialog } from "./dialog";
import { LeaveGuard } from "./leave-guard";

const Frame = ({ children }: { children: ReactNode }) => (
  <MantineProvider env="test">{children}</MantineProvider>
);

function Note({ onClose, holds }: { onClose: () => void; holds?: boolean }) {
  const [text, setText] = useState("lama");
  return (
    <Dialog opened onClose={onClose} title="Catatan" holds={holds}>
      <TextInput label="Isi" value={text} onChange={(event) => setText(event.target.value)} />
    </Dialog>
  );
}

describe("Dialog", () => {
  test("closes at once when nothing was written", async () => {
    const close = vi.fn();
    render(<Note onClose={close} />, { wrapper: Frame });
    await userEvent.click(await screen.findByLabelText("Isi"));
    await userEvent.keyboard("{Escape}");
    expect(close).toHaveBeenCalledOnce();
  });

  test("asks before what was written is lost, and goes on where one was", async () => {
    const close = vi.fn();
    render(<Note onClose={close} />, { wrapper: Frame });
    const field = await screen.findByLabelText<HTMLInputElement>("Isi");
    await userEvent.type(field, " dan baru");
    for (const leave of ["{Escape}", "cross"]) {
      if (leave === "cross") await userEvent.click(screen.getByRole("button", { name: "Tutup" }));
      else await userEvent.keyboard(leave);
      expect(await screen.findByRole("dialog", { name: "Buang isian ini?" })).toBeTruthy();
      expect(close).not.toHaveBeenCalled();
      const stay = screen.getByRole("button", { name: "Lanjut mengisi" });
      expect(document.activeElement).toBe(stay);
      await userEvent.click(stay);
      await waitFor(() => expect(document.activeElement).toBe(field));
      expect(field.value).toBe("lama dan baru");
    }
    await userEvent.keyboard("{Escape}");
    await userEvent.click(await screen.findByRole("button", { name: "Buang isian" }));
    expect(close).toHaveBeenCalledOnce();
  });

  test("does not ask when the text is as it was", async () => {
    const close = vi.fn();
    render(<Note onClose={close} />, { wrapper: Frame });
    await userEvent.type(await screen.findByLabelText("Isi"), "x{Backspace}");
    await userEvent.keyboard("{Escape}");
    expect(close).toHaveBeenCalledOnce();
  });

  test("asks for what is in no text field when it is told of it", async () => {
    const close = vi.fn();
    render(<Note onClose={close} holds />, { wrapper: Frame });
    await screen.findByLabelText("Isi");
    await userEvent.keyboard("{Escape}");
    expect(await screen.findByRole("button", { name: "Buang isian" })).toBeTruthy();
    expect(close).not.toHaveBeenCalled();
  });
});

/** Two pages, the first of which shows what is given. */
function site(first: () => ReactNode) {
  const root = createRootRoute();
  const at = (path: string, component: () => ReactNode) =>
    createRoute({ getParentRoute: () => root, path, component });
  return testRouter(root.addChildren([at("/", first), at("/masuk", () => "Laman lain")]));
}

describe("leaving a page", () => {
  const cases = [
    ["with an unsaved form", () => <LeaveGuard holds />, "Tinggalkan laman ini?"],
    ["with an open dialog", () => <Note onClose={() => undefined} holds />, "Buang isian ini?"],
  ] as const;

  test.each(cases)("%s asks, and both answers hold", async (_, first, question) => {
    const { router, page } = site(first);
    render(page, { wrapper: Frame });
    await waitFor(() => expect(router.state.status).toBe("idle"));
    void router.navigate({ to: "/masuk" });
    await screen.findByRole("dialog", { name: question });
    await userEvent.click(screen.getByRole("button", { name: "Lanjut mengisi" }));
    expect(router.state.location.pathname).toBe("/");
    void router.navigate({ to: "/masuk" });
    await userEvent.click(await screen.findByRole("button", { name: "Buang isian" }));
    expect(await screen.findByText("Laman lain")).toBeTruthy();
  });

  test("asks nothing when nothing is unsaved, or when it was saved", async () => {
    for (const [holds, ignoreBlocker] of [
      [false, false],
      [true, true],
    ] as const) {
      const { router, page } = site(() => <LeaveGuard holds={holds} />);
      const { unmount } = render(page, { wrapper: Frame });
      await waitFor(() => expect(router.state.status).toBe("idle"));
      void router.navigate({ to: "/masuk", ignoreBlocker });
      expect(await screen.findByText("Laman lain")).toBeTruthy();
      unmount();
    }
  });
});
