import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { setApiBaseUrl } from "@/api/config";
import { PlanDialog } from "./plan-dialog";

beforeAll(() => i18next.loadNamespaces("national"));
afterEach(() => vi.unstubAllGlobals());

const answer = (body: unknown, status: number, etag: string) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": status < 400 ? "application/json" : "application/problem+json",
      ETag: etag,
    },
  });

test("a change that came meanwhile is shown, never overwritten unseen", async () => {
  setApiBaseUrl("http://api.test");
  let plan = { districts: 100, source: "Surat contoh", announced_on: null };
  let version = 1;
  const tried: (string | null)[] = [];
  vi.stubGlobal("fetch", async (input: Request) => {
    const request = new Request(input);
    if (request.method === "PUT") {
      const etag = request.headers.get("If-Match");
      tried.push(etag);
      if (etag !== `"${version}"`) {
        const problem = { type: "about:blank", title: "stale", code: "stale", request_id: "r" };
        return answer({ ...problem, status: 412 }, 412, "");
      }
      plan = (await request.json()) as typeof plan;
      version += 1;
    }
    return answer(plan, 200, `"${version}"`);
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const onClose = vi.fn();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <PlanDialog onClose={onClose} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  const field = await screen.findByLabelText("Jumlah kabupaten/kota yang direncanakan");
  await userEvent.clear(field);
  await userEvent.type(field, "120");

  // Somebody else saves, and the page reads it because the window was left and entered again.
  plan = { ...plan, districts: 150 };
  version = 2;
  await client.refetchQueries({ queryKey: ["oversight-plan"] });
  await userEvent.click(screen.getByRole("button", { name: "Simpan" }));
  const dialog = await screen.findByRole("dialog", { name: /baru saja diubah/ });
  expect(dialog.textContent).toContain("120");
  expect(dialog.textContent).toContain("150");
  expect(plan.districts).toBe(150);

  await userEvent.click(screen.getByRole("button", { name: "Simpan tulisan saya" }));
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(plan.districts).toBe(120);
  expect(tried).toEqual(['"1"', '"2"']);
});
