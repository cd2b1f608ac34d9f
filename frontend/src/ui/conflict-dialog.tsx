import { Alert, Button, Group, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
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
          <Table.ScrollContainer minWidth={480}>
            <Table withTableBorder withColumnBorders verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t("conflict.field")}</Table.Th>
                  <Table.Th scope="col">{t("conflict.mine")}</Table.Th>
                  <Table.Th scope="col">{t("conflict.theirs")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {props.fields.map((field) => (
                  <Table.Tr key={field.name}>
                    <Table.Th scope="row">{field.label}</Table.Th>
                    <Table.Td style={{ whiteSpace: "pre-wrap" }}>
                      {field.mine || t("conflict.nothing")}
                    </Table.Td>
                    <Table.Td style={{ whiteSpace: "pre-wrap" }}>
                      {field.theirs || t("conflict.nothing")}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
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
