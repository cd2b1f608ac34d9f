import { TextInput, type TextInputProps } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "@/lib/i18n";
import { readNumber, readWhole, writeNumber } from "@/lib/number";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type" | "onBlur"> {
  value: number | null;
  /** Gets the number, or null when the field is empty. */
  onChange: (value: number | null) => void;
  /** Only whole numbers from zero with at most so many digits; without it fractions and signs too. */
  digits?: number;
}

/**
 * A number as it is written in the language of the screen. While the text is none, what the field
 * held before stays, and the field says what to write once it is left.
 */
export function NumberInput({ value, onChange, digits, error, ...rest }: Props) {
  const { t } = useTranslation("setup");
  const language = currentLanguage();
  // What is being typed, and the value from before: "1" on its way to "1.5" must not remain.
  const [typed, setTyped] = useState<{ text: string; before: number | null } | null>(null);
  const [left, setLeft] = useState(false);

  const read = (text: string) =>
    digits === undefined ? readNumber(text, language) : readWhole(text, language, digits);
  const isUnread = typed !== null && typed.text.trim() !== "" && read(typed.text) === null;
  const problem =
    left && isUnread
      ? t(digits === undefined ? "number.decimal" : "number.whole", { digits })
      : null;
  const shown = value === null ? "" : writeNumber(value, language);
  return (
    <TextInput
      {...rest}
      inputMode={digits === undefined ? "decimal" : "numeric"}
      autoComplete="off"
      value={typed?.text ?? shown}
      error={problem ?? error}
      onChange={(event) => {
        const text = event.currentTarget.value;
        const before = typed ? typed.before : value;
        setTyped({ text, before });
        setLeft(false);
        onChange(text.trim() === "" ? null : (read(text) ?? before));
      }}
      onBlur={() => {
        setLeft(true);
        // What was understood is shown in the one form; anything else stays to be mended.
        if (!isUnread) setTyped(null);
      }}
    />
  );
}
