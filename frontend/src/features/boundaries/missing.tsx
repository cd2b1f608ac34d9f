import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { BoundaryRegency } from "@/api/boundaries";
import classes from "./boundaries.module.css";

/** Kabupaten/kota that a file has no shape for; nothing when it has all. */
export function Missing({ regencies }: { regencies: BoundaryRegency[] }) {
  const { t } = useTranslation("boundaries");
  if (regencies.length === 0) return null;
  return (
    <details className={classes.missing} open={regencies.length <= 5}>
      <summary>{t("missing.title", { count: regencies.length })}</summary>
      <Text c="dimmed">{t("missing.hint")}</Text>
      <ul>
        {regencies.map(({ code, name }) => (
          <li key={code}>
            {code} {name}
          </li>
        ))}
      </ul>
    </details>
  );
}
