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

/** The three ways out of a conflict, as `useVersionedSave` offers them. */
interface WaysOut {
  isSaving: boolean;
  /** Saves my text over the other version, now knowingly. */
  keepMine: () => void;
  /** Takes the other version into the form; my text is gone then. */
  takeTheirs: () => void;
  /** Back to the form with my text, nothing decided. */
  dismiss: () => void;
}

interface Props {
  saving: WaysOut;
  /** Fields whose two versions differ. */
  fields: ConflictField[];
  /** Who saved the other version, when known. */
  otherAuthor?: string | null;
}

/** Shown after a 412: both versions side by side, nothing lost until the person chooses. */
export function ConflictDialog({ saving, fields, otherAuthor }: Props) {
  const { t } = useTranslation();
  const words = (text: string) => (
    <span style={{ whiteSpace: "pre-wrap" }}>{text || t("conflict.nothing")}</span>
  );
  return (
    <Dialog opened onClose={saving.dismiss} title={t("conflict.title")} size="xl">
      <Stack>
        <Text>
          {otherAuthor ? t("conflict.body_by", { name: otherAuthor }) : t("conflict.body")}
        </Text>
        {fields.length === 0 ? (
          <Alert color="laut">{t("conflict.same")}</Alert>
        ) : (
          <CardTable
            caption={t("conflict.title")}
            rows={fields}
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
          <Button variant="subtle" onClick={saving.dismiss}>
            {t("conflict.back")}
          </Button>
          <Button variant="default" onClick={saving.takeTheirs} disabled={saving.isSaving}>
            {t("conflict.take_theirs")}
          </Button>
          <Button onClick={saving.keepMine} loading={saving.isSaving}>
            {t("conflict.keep_mine")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
