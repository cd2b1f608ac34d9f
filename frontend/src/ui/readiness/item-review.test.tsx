import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, test } from "vitest";
import type { ReadinessItem } from "@/api/readiness";
import { loadTexts } from "@/lib/i18n";
import { ItemReviewPart } from "./item-review";

beforeAll(() => loadTexts("readiness"));

test("an answer without words is asked for, at its field", async () => {
  const item = {
    code: "LEM-2",
    title: "Sekretariat",
    review: { decision: "returned", decided_by_name: "Contoh", comment: "Lengkapi.", answer: "" },
  } as unknown as ReadinessItem;
  // The page asks before it is left, which takes a router.
  const router = createRouter({
    routeTree: createRootRoute({
      component: () => <ItemReviewPart code="73.06" item={item} mode="work" />,
    }),
    history: createMemoryHistory(),
  });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        {/* biome-ignore lint/suspicious/noExplicitAny: a router of its own, not the program's */}
        <RouterProvider router={router as any} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Kirim jawaban" }));
  const field = screen.getByRole("textbox", { name: "Apa yang sudah diperbaiki" });
  expect(screen.getByText("Tulis apa yang sudah diperbaiki.")).toBeTruthy();
  expect(document.activeElement).toBe(field);
});
