import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog";
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
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={props.title}>
      <Stack>
        <Text component="div">{props.children}</Text>
        <ProblemAlert error={props.error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button
            color={props.danger ? "red.9" : undefined}
            loading={props.busy}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
