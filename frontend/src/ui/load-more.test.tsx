import { MantineProvider } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test } from "vitest";
import { LoadMore } from "./load-more";

function List() {
  const [rows, setRows] = useState(["a", "b"]);
  const list = {
    hasNextPage: rows.length < 4,
    isFetchingNextPage: false,
    fetchNextPage: async () => {
      setRows([...rows, "c", "d"]);
      return { isError: false, data: { pages: [{ items: ["a", "b"] }, { items: ["c", "d"] }] } };
    },
  };
  return (
    <MantineProvider env="test">
      {rows.map((row) => (
        <a key={row} href={`/${row}`}>
          {row}
        </a>
      ))}
      <LoadMore list={list} />
    </MantineProvider>
  );
}

test("rows that come are counted aloud, and the keyboard goes on at the first of them", async () => {
  render(<List />);
  await userEvent.click(screen.getByRole("button", { name: "Tampilkan berikutnya" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("link", { name: "c" })));
  expect(screen.getByRole("status").textContent).toBe("2 baris ditambahkan.");
  expect(screen.queryByRole("button")).toBeNull();
});
