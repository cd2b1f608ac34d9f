import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { AnyKind } from "@/api/setup/kinds";
import { ContentView } from "@/ui/record/content-view";
import { Describer } from "@/ui/record/describe";
import classes from "./packages.module.css";

interface Props {
  kind: AnyKind | undefined;
  content: Record<string, unknown> | undefined;
  titles: ReadonlyMap<string, string>;
}

/** What a record of the model holds, to be read before it is taken. */
export function NewRecord({ kind, content, titles }: Props) {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  if (!kind || !content) return null;
  return (
    <details className={classes.record}>
      <summary>{t("merge.see")}</summary>
      <div className={classes.recordBody}>
        <ContentView
          kind={kind}
          content={content}
          describe={new Describer(kind, "", client, [content], titles)}
        />
      </div>
    </details>
  );
}
