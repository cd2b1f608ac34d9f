import { Button, Menu } from "@mantine/core";
import { IconCheck, IconLanguage } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { changeLanguage, currentLanguage } from "@/lib/i18n";
import { LANGUAGES } from "@/lib/language";

/** Switches the language of the screen on this device. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const current = currentLanguage();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="laut"
          px="xs"
          leftSection={<IconLanguage size={20} aria-hidden />}
          aria-label={`${t("shell.language")}: ${t(`shell.language_${current}`)}`}
        >
          {current.toUpperCase()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => changeLanguage(language)}
            rightSection={language === current ? <IconCheck size={18} aria-hidden /> : null}
            aria-current={language === current}
          >
            {t(`shell.language_${language}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
