import { Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PackageDocument, PackageRecord } from "@/api/packages";
import type { AnyKind } from "@/api/setup/kinds";
import { KINDS } from "@/api/setup/kinds";
import { COMPONENT_OF, type ComponentKind } from "@/lib/components";
import { ContentView } from "@/ui/record/content-view";
import { Describer } from "@/ui/record/describe";
import { kindName } from "@/ui/record/texts";
import classes from "./packages.module.css";
import { componentName, countsText } from "./words";

interface Props {
  document: Pick<PackageDocument, "components">;
  /** Something beside the title of a record: a link to where it is mended. */
  mark?: (kind: AnyKind, record: PackageRecord) => ReactNode;
}

/** Titles of the records of a package by their ids in it. */
export function titlesOf(document: Pick<PackageDocument, "components">): Map<string, string> {
  const records = Object.values(document.components).flatMap((kinds) =>
    Object.values(kinds).flat(),
  );
  return new Map(records.map((record) => [record.origin_id, record.title]));
}

/** Everything a package holds, to be read: components, in them kinds, each record opens on its own. */
export function PackageContents({ document, mark }: Props) {
  const titles = useMemo(() => titlesOf(document), [document]);
  const components = Object.keys(COMPONENT_OF) as ComponentKind[];
  return (
    <div>
      {components
        .filter((component) => document.components[component])
        .map((component) => {
          const kinds = Object.values<AnyKind>(KINDS).flatMap((kind) => {
            const records = document.components[component]?.[kind.key] ?? [];
            return records.length > 0 ? [{ kind, records }] : [];
          });
          const isMarked = kinds.some(({ kind, records }) =>
            records.some((record) => mark?.(kind, record)),
          );
          return (
            // What needs an eye is open from the start.
            <details key={component} className={classes.record} open={isMarked}>
              <summary>
                <span>
                  <Text span fw={650} inherit>
                    {componentName(component)}
                  </Text>{" "}
                  <Text span c="dimmed" inherit>
                    {countsText(
                      kinds.map(({ kind, records }) => ({
                        component,
                        kind: kind.key,
                        records: records.length,
                      })),
                    )}
                  </Text>
                </span>
              </summary>
              <div className={classes.recordBody}>
                {kinds.map(({ kind, records }) => (
                  <Records
                    key={kind.key}
                    kind={kind}
                    records={records}
                    titles={titles}
                    mark={mark}
                  />
                ))}
              </div>
            </details>
          );
        })}
    </div>
  );
}

interface RecordsProps {
  kind: AnyKind;
  records: PackageRecord[];
  titles: ReadonlyMap<string, string>;
  mark: Props["mark"];
}

function Records({ kind, records, titles, mark }: RecordsProps) {
  const { t } = useTranslation(["packages", "setup"]);
  const client = useQueryClient();
  return (
    <div style={{ marginTop: "0.75rem" }}>
      <Text c="dimmed" mb={6}>
        {t("count_of", { count: records.length, kind: kindName(kind) })}
      </Text>
      {records.map((record) => (
        <details key={record.origin_id} className={classes.record}>
          <summary>
            <span className={classes.recordName}>{record.title || t("setup:untitled")}</span>
            {mark?.(kind, record)}
          </summary>
          <div className={classes.recordBody}>
            <ContentView
              kind={kind}
              content={record.content}
              describe={new Describer(kind, "", client, [record.content], titles)}
            />
          </div>
        </details>
      ))}
    </div>
  );
}
