import { Button } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { changeLanguage, currentLanguage } from "@/lib/i18n";

/** Switches to the other language. It is named in that language, for those who need it. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = currentLanguage() === "id" ? "en" : "id";
  return (
    <Button
      variant="subtle"
      px="xs"
      flex="none"
      lang={other}
      leftSection={<IconLanguage size={20} aria-hidden />}
      onClick={() => changeLanguage(other)}
      aria-label={t(`shell.language_${other}`)}
    >
      {other.toUpperCase()}
    </Button>
  );
}
