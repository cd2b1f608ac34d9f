import { Button, type ButtonProps, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface Props {
  /** The verb of the act: "Kirim pengingat", not "OK". */
  act: string;
  busy: boolean;
  disabled?: boolean;
  color?: ButtonProps["color"];
  /** What it does; without it the form around is submitted. */
  onAct?: () => void;
  onClose: () => void;
  /** What leaving is called where the act itself is a cancellation: two "Batal" would be read as one. */
  closeLabel?: string | undefined;
}

/** The last line of a dialog: leave it, or do what it is for. */
export function DialogActions(props: Props) {
  const { act, busy, disabled, color, onAct, onClose, closeLabel } = props;
  const { t } = useTranslation();
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={onClose}>
        {closeLabel ?? t("action.cancel")}
      </Button>
      <Button
        type={onAct ? "button" : "submit"}
        color={color}
        loading={busy}
        disabled={disabled}
        onClick={onAct}
      >
        {act}
      </Button>
    </Group>
  );
}
