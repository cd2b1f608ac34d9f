import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CardTable } from "./card-table";
import { Dialog } from "./dialog";

/** One field that two people changed differently, as text for reading. */
export interface ConflictField {
  name: string;
  label: string;
  mine: string;
  theirs: string;
}

interface Props {
  opened: boolean;
  /** Fields whose two versions differ. */
  fields: ConflictField[];
  /** Who saved the other version, when known. */
  otherAuthor?: string | null;
  busy?: boolean;
  /** Saves my text over the other version, now knowingly. */
  onKeepMine: () => void;
  /** Takes the other version into the form; my text is gone then. */
  onTakeTheirs: () => void;
  /** Back to the form with my text, nothing decided. */
  onClose: () => void;
}

/** Shown after a 412: both versions side by side, nothing lost until the person chooses. */
export function ConflictDialog(props: Props) {
  const { t } = useTranslation();
  const words = (text: string) => (
    <span style={{ whiteSpace: "pre-wrap" }}>{text || t("conflict.nothing")}</span>
  );
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t("conflict.title")} size="xl">
      <Stack>
        <Text>
          {props.otherAuthor
            ? t("conflict.body_by", { name: props.otherAuthor })
            : t("conflict.body")}
        </Text>
        {props.fields.length === 0 ? (
          <Alert color="laut">{t("conflict.same")}</Alert>
        ) : (
          <CardTable
            caption={t("conflict.title")}
            rows={props.fields}
            rowKey={(field) => field.name}
            columns={[
              {
                key: "field",
                label: t("conflict.field"),
                isName: true,
                render: (field) => field.label,
              },
              { key: "mine", label: t("conflict.mine"), render: (field) => words(field.mine) },
              {
                key: "theirs",
                label: t("conflict.theirs"),
                render: (field) => words(field.theirs),
              },
            ]}
          />
        )}
        <Group justify="flex-end">
          <Button variant="subtle" onClick={props.onClose}>
            {t("conflict.back")}
          </Button>
          <Button variant="default" onClick={props.onTakeTheirs} disabled={props.busy}>
            {t("conflict.take_theirs")}
          </Button>
          <Button onClick={props.onKeepMine} loading={props.busy}>
            {t("conflict.keep_mine")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
