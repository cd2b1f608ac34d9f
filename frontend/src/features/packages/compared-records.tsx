import { Badge, Stack, Text, Title } from "@mantine/core";
import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type ComparedRecord, packageDocumentQuery } from "@/api/packages";
import { recordsQuery } from "@/api/setup/records";
import { COMPONENT_OF, type ComponentKind } from "@/lib/components";
import { CardTable } from "@/ui/card-table";
import { PageSkeleton } from "@/ui/loading";
import { Section } from "@/ui/page";
import { Describer } from "@/ui/record/describe";
import { placeLabel } from "@/ui/record/place";
import { titlesOf } from "./contents";
import classes from "./packages.module.css";
import { sideText } from "./side-text";
import { componentName, kindOf, nameOfKind } from "./words";

interface Props {
  /** The district whose setup the first is; null when the first is a package. */
  code: string | null;
  one: string;
  other: string;
  /** What the two are called. */
  left: string;
  right: string;
  records: ComparedRecord[];
}

type Contents = Map<string, Record<string, unknown>>;

/** What differs, by component: only here, only there, or place by place. */
export function ComparedRecords({ code, one, other, left, right, records }: Props) {
  const first = useQuery({ ...packageDocumentQuery(one), enabled: code === null });
  const second = useQuery(packageDocumentQuery(other));
  const kinds = code === null ? [] : records.flatMap((record) => kindOf(record.kind) ?? []);
  const own = useQueries({
    queries: [...new Set(kinds)].map((kind) => recordsQuery(kind, code ?? "")),
  });
  if (second.isPending || own.some((list) => list.isPending)) return <PageSkeleton />;
  const contents: Contents = new Map(
    [first.data, second.data].flatMap((document) =>
      Object.values(document?.components ?? {})
        .flatMap((byKind) => Object.values(byKind).flat())
        .map((record) => [record.origin_id, record.content] as const),
    ),
  );
  for (const record of own.flatMap((list) => list.data ?? [])) {
    contents.set(record.id, record.content as Record<string, unknown>);
  }
  const titles = new Map(
    [first.data, second.data].flatMap((document) => (document ? [...titlesOf(document)] : [])),
  );
  const components = Object.keys(COMPONENT_OF) as ComponentKind[];
  return (
    <>
      {components.map((component) => {
        const shown = records.filter((record) => record.component === component);
        if (shown.length === 0) return null;
        return (
          <Section key={component} title={componentName(component)}>
            <Stack gap="lg">
              <OnlyOne records={shown.filter((record) => !record.other)} side={left} />
              <OnlyOne records={shown.filter((record) => !record.one)} side={right} />
              {shown
                .filter((record) => record.one && record.other)
                .map((record) => (
                  <Differences
                    key={record.one?.origin_id}
                    code={code ?? ""}
                    record={record}
                    left={left}
                    right={right}
                    contents={contents}
                    titles={titles}
                  />
                ))}
            </Stack>
          </Section>
        );
      })}
    </>
  );
}

/** Records that only one side has. */
function OnlyOne({ records, side }: { records: ComparedRecord[]; side: string }) {
  const { t } = useTranslation(["packages", "setup"]);
  if (records.length === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        {t("compare.only", { side })} <Badge variant="light">{records.length}</Badge>
      </Title>
      <ul className={classes.plain}>
        {records.map((record) => {
          const found = record.one ?? record.other;
          return (
            <li key={found?.origin_id}>
              {found?.title || t("setup:untitled")}{" "}
              <Text span c="dimmed" inherit>
                ({nameOfKind(record.kind)})
              </Text>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface DifferencesProps {
  code: string;
  record: ComparedRecord;
  left: string;
  right: string;
  contents: Contents;
  titles: ReadonlyMap<string, string>;
}

function Differences({ code, record, left, right, contents, titles }: DifferencesProps) {
  const { t } = useTranslation(["packages", "setup"]);
  const client = useQueryClient();
  const kind = kindOf(record.kind);
  if (!kind) return null;
  const both = [record.one, record.other].flatMap(
    (side) => contents.get(side?.origin_id ?? "") ?? [],
  );
  const describe = new Describer(kind, code, client, both, titles);
  const text = (path: string, value: unknown) => (
    <span style={{ whiteSpace: "pre-wrap" }}>
      {sideText(kind, path, value, both, describe) || t("merge.nothing")}
    </span>
  );
  const title = record.one?.title || record.other?.title || t("setup:untitled");
  return (
    <section>
      <Title order={3} mb="xs">
        {title}{" "}
        <Text span c="dimmed" fw={400}>
          ({nameOfKind(record.kind)})
        </Text>
      </Title>
      <CardTable
        caption={t("compare.table", { title })}
        rows={record.differences}
        rowKey={(difference) => difference.path}
        columns={[
          {
            key: "place",
            label: t("compare.place"),
            isName: true,
            render: (difference) => placeLabel(kind, difference.path, both),
          },
          {
            key: "left",
            label: left,
            render: (difference) => text(difference.path, difference.mine),
          },
          {
            key: "right",
            label: right,
            render: (difference) => text(difference.path, difference.theirs),
          },
        ]}
      />
    </section>
  );
}
