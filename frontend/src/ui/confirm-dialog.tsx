import { Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Dialog } from "./dialog";
import { DialogActions } from "./dialog-actions";
import { ProblemAlert } from "./problem-alert";

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** The verb of the act: "Keluarkan", not "OK". */
  confirm: string;
  /** Red is kept for what loses data or endangers. */
  danger?: boolean;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks before something that cannot be undone; everything else is done at once. */
export function ConfirmDialog(props: Props) {
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <Stack>
        <Text component="div">{props.children}</Text>
        <ProblemAlert error={props.error} />
        <DialogActions
          act={props.confirm}
          color={props.danger ? "red.9" : undefined}
          busy={props.busy}
          onAct={props.onConfirm}
          onClose={props.onClose}
        />
      </Stack>
    </Dialog>
  );
}
