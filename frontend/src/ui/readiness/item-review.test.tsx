import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRootRoute } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, test } from "vitest";
import type { ReadinessItem } from "@/api/readiness";
import { loadTexts } from "@/lib/i18n";
import { testRouter } from "@/test-router";
import { ItemReviewPart } from "./item-review";

beforeAll(() => loadTexts("readiness"));

test("an answer without words is asked for, at its field", async () => {
  const item = {
    code: "LEM-2",
    title: "Sekretariat",
    review: { decision: "returned", decided_by_name: "Contoh", comment: "Lengkapi.", answer: "" },
  } as unknown as ReadinessItem;
  // The page asks before it is left, which takes a router.
  const { page } = testRouter(
    createRootRoute({
      component: () => <ItemReviewPart code="73.06" item={item} mode="work" />,
    }),
  );
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>{page}</QueryClientProvider>
    </MantineProvider>,
  );
  await userEvent.click(await screen.findByRole("button", { name: "Kirim jawaban" }));
  const field = screen.getByRole("textbox", { name: "Apa yang sudah diperbaiki" });
  expect(screen.getByText("Tulis apa yang sudah diperbaiki.")).toBeTruthy();
  expect(document.activeElement).toBe(field);
});
