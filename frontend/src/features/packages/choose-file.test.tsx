import { MantineProvider } from "@mantine/core";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import i18next from "i18next";
import { beforeAll, expect, test, vi } from "vitest";
import { ChooseFile } from "./choose-file";

beforeAll(() => i18next.loadNamespaces("packages"));

test("the input is empty again after a choice, so that the mended file can be chosen", async () => {
  const onChoose = vi.fn();
  const { container } = render(
    <MantineProvider env="test">
      <ChooseFile label="Pilih berkas" chosen={null} onChoose={onChoose} />
    </MantineProvider>,
  );
  const input = container.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error("no input");
  const file = new File(["{}"], "paket.json", { type: "application/json" });
  await userEvent.upload(input, file);
  expect(onChoose.mock.calls).toEqual([[file]]);
  expect(input.files).toHaveLength(0);
  await userEvent.upload(input, file);
  expect(onChoose).toHaveBeenCalledTimes(2);
});
