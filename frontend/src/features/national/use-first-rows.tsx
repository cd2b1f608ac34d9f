import { Button } from "@mantine/core";
import { type ReactNode, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";

/** What a screen shows before somebody asks for the rest: more would only make it slow. */
const FIRST = 100;

/** The first rows of a long list, and a button for the others. Paper gets them all. */
export function useFirstRows<Row>(rows: Row[]): { first: Row[]; rest: ReactNode } {
  const { t } = useTranslation("national");
  const [all, setAll] = useState(false);
  useEffect(() => {
    const show = () => flushSync(() => setAll(true));
    window.addEventListener("beforeprint", show);
    return () => window.removeEventListener("beforeprint", show);
  }, []);
  if (all || rows.length <= FIRST) return { first: rows, rest: null };
  const rest = (
    <Button variant="default" mt="md" onClick={() => setAll(true)}>
      {t("show_all", { number: formatNumber(rows.length, currentLanguage()) })}
    </Button>
  );
  return { first: rows.slice(0, FIRST), rest };
}
