import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./recovery-codes.module.css";

interface Props {
  codes: string[];
  email: string;
  onDone: () => void;
}

/** The one time the recovery codes are shown; made to be printed. */
export function RecoveryCodes({ codes, email, onDone }: Props) {
  const { t } = useTranslation(["account", "common"]);
  return (
    <Stack gap="md" className={classes.sheet}>
      <Title order={3}>{t("second.recovery_title")}</Title>
      <Alert color="kunyit">{t("second.recovery_body")}</Alert>
      <Text className="sp-print-only">{t("second.recovery_print_head", { email })}</Text>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group>
        <Button leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
          {t("common:action.print")}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t("second.recovery_done")}
        </Button>
      </Group>
    </Stack>
  );
}
