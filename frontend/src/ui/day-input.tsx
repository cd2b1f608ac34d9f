import { ActionIcon, TextInput, type TextInputProps } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { type ChangeEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readDay, showDay } from "@/lib/day";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type"> {
  /** ISO date, or null for none. */
  value: string | null;
  /** Gets an ISO date or null; not called while the text is no date. */
  onChange: (value: string | null) => void;
}

/**
 * A day typed as `7/3/2020` or picked from the device's own calendar. While the text is not a date
 * the last value stays and the field says what to type.
 */
export function DayInput({ value, onChange, error, description, ...rest }: Props) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  // Text that is no date yet; null while the field shows `value`.
  const [draft, setDraft] = useState<string | null>(null);
  const [left, setLeft] = useState(false);
  const reading = draft === null ? null : readDay(draft);
  const problem = left && reading?.kind === "problem" ? t(`day.${reading.reason}`) : null;

  function type(event: ChangeEvent<HTMLInputElement>) {
    const text = event.currentTarget.value;
    setDraft(text);
    setLeft(false);
    const read = readDay(text);
    if (read.kind === "day") onChange(read.iso);
    if (read.kind === "empty") onChange(null);
  }

  function leave() {
    setLeft(true);
    // A date that was understood is shown in the one form; anything else stays to be mended.
    if (reading && reading.kind !== "problem") setDraft(null);
  }

  return (
    <>
      <TextInput
        inputMode="numeric"
        autoComplete="off"
        placeholder="7/3/2020"
        description={description ?? t("day.hint")}
        {...rest}
        value={draft ?? (value ? showDay(value) : "")}
        onChange={type}
        onBlur={leave}
        error={problem ?? error}
        rightSectionWidth={48}
        rightSection={
          <ActionIcon aria-label={t("day.pick")} onClick={() => picker.current?.showPicker()}>
            <IconCalendar size={20} />
          </ActionIcon>
        }
      />
      <input
        ref={picker}
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={value ?? ""}
        onChange={(event) => {
          setDraft(null);
          onChange(event.currentTarget.value || null);
        }}
        style={{ position: "absolute", width: 1, height: 1, opacity: 0, pointerEvents: "none" }}
      />
    </>
  );
}
