import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeAll, expect, test, vi } from "vitest";
import { loadTexts } from "@/lib/i18n";
import { NumberInput } from "./number-input";

beforeAll(() => loadTexts("setup"));

function Field({ start, digits, onNumber }: FieldProps) {
  const [value, setValue] = useState<number | null>(start);
  return (
    <MantineProvider env="test">
      <NumberInput
        label="Sasaran"
        value={value}
        {...(digits === undefined ? {} : { digits })}
        onChange={(number) => {
          setValue(number);
          onNumber(number);
        }}
      />
    </MantineProvider>
  );
}

interface FieldProps {
  start: number | null;
  digits?: number;
  onNumber: (number: number | null) => void;
}

async function write(props: Omit<FieldProps, "onNumber">, text: string) {
  const onNumber = vi.fn();
  render(<Field {...props} onNumber={onNumber} />);
  const field = screen.getByLabelText<HTMLInputElement>("Sasaran");
  await userEvent.clear(field);
  await userEvent.type(field, text);
  await userEvent.tab();
  return { field, last: onNumber.mock.lastCall?.[0] };
}

test("a number with groups is the number that was meant", async () => {
  const { field, last } = await write({ start: null }, "1.540");
  expect(last).toBe(1540);
  expect(field.value).toBe("1540");
});

test("what can be read in two ways is not stored, not even its first digits", async () => {
  const { field, last } = await write({ start: null }, "1.54");
  expect(last).toBeNull();
  expect(field.value).toBe("1.54");
  expect(screen.getByText(/pakai koma untuk pecahan/)).toBeTruthy();
});

test("a whole number with a fraction is refused instead of read as ten times as much", async () => {
  const { field, last } = await write({ start: null, digits: 9 }, "7,5");
  expect(last).toBeNull();
  expect(field.value).toBe("7,5");
  expect(screen.getByText(/angka bulat, paling banyak 9 angka/)).toBeTruthy();
});

test("mended text is taken again", async () => {
  const { field } = await write({ start: null }, "1.54");
  await userEvent.clear(field);
  await userEvent.type(field, "1,54");
  await userEvent.tab();
  expect(field.value).toBe("1,54");
  expect(screen.queryByText(/pakai koma untuk pecahan/)).toBeNull();
});
