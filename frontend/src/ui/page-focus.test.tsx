import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { Page } from "./page";
import { awaitHeading, forgetHeading } from "./page-focus";

function show(fields: boolean) {
  return render(
    <MantineProvider env="test">
      <header>
        <button type="button">Menu</button>
      </header>
      {fields ? <input aria-label="Isian" /> : null}
      <Page title="Regulasi">isi</Page>
    </MantineProvider>,
  );
}
const heading = () => screen.getByRole("heading", { name: "Regulasi" });

beforeEach(forgetHeading);

test("the heading of a page that comes after another has the focus", () => {
  awaitHeading();
  show(false);
  expect(document.activeElement).toBe(heading());
});

test("the first page leaves the focus to the browser", () => {
  show(false);
  expect(document.activeElement).toBe(document.body);
});

test("a page that is drawn again does not take the focus back", () => {
  awaitHeading();
  const { rerender } = show(false);
  heading().blur();
  rerender(
    <MantineProvider env="test">
      <Page title="Regulasi" key="anew">
        isi
      </Page>
    </MantineProvider>,
  );
  expect(document.activeElement).toBe(document.body);
});

test("what has been chosen in the page meanwhile keeps the focus; the bar above it does not", () => {
  const { unmount } = show(true);
  awaitHeading();
  screen.getByLabelText("Isian").focus();
  render(
    <MantineProvider env="test">
      <Page title="SDM">isi</Page>
    </MantineProvider>,
  );
  expect(document.activeElement).toBe(screen.getByLabelText("Isian"));
  unmount();

  show(true);
  awaitHeading();
  screen.getByRole("button", { name: "Menu" }).focus();
  render(
    <MantineProvider env="test">
      <Page title="Data">isi</Page>
    </MantineProvider>,
  );
  expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Data" }));
});
