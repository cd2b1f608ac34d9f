import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./record.module.css";

/** What good looks like: one true example from a district that has it. */
export function Example({ children }: { children: ReactNode }) {
  const { t } = useTranslation("setup");
  return (
    <aside className={classes.example}>
      <Text fw={600}>{t("example")}</Text>
      <Text>{children}</Text>
    </aside>
  );
}
