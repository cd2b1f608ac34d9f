import { Button, FileButton, Group, Text } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  label: string;
  /** Name of the file that was chosen. */
  chosen: string | null;
  onChoose: (file: File) => void;
  disabled?: boolean;
}

/** Picks a JSON file. The input is the button's: it is reached and named like one. */
export function ChooseFile({ label, chosen, onChoose, disabled }: Props) {
  const { t } = useTranslation("packages");
  const reset = useRef<() => void>(null);
  const choose = (file: File | null) => {
    if (!file) return;
    onChoose(file);
    // Browsers are silent about the file that is chosen already, and it may have been mended.
    reset.current?.();
  };
  return (
    <Group gap="sm">
      <FileButton
        accept="application/json,.json"
        onChange={choose}
        resetRef={reset}
        inputProps={{ "aria-label": label }}
      >
        {(props) => (
          <Button
            {...props}
            variant="default"
            disabled={disabled}
            leftSection={<IconUpload size={20} aria-hidden />}
          >
            {label}
          </Button>
        )}
      </FileButton>
      <Text c="dimmed" role="status">
        {chosen ?? t("file.none")}
      </Text>
    </Group>
  );
}
