import { Alert, Badge, List, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PackageDocument, PackagePreview } from "@/api/packages";
import { AnchorLink } from "@/ui/links";
import { Section } from "@/ui/page";
import { placeLabel } from "@/ui/record/place";
import { recordLink } from "@/ui/record/record-link";
import { PackageContents } from "./contents";
import { countsText, kindOf, nameOfKind } from "./words";

/** Exactly what leaves, what stays, and the places that must be mended before anything does. */
export function PublishPreview({ code, preview }: { code: string; preview: PackagePreview }) {
  const { t } = useTranslation(["packages", "setup"]);
  const document = preview.document as unknown as PackageDocument;
  const suspected = new Set(preview.suspects.map((suspect) => suspect.record_id));
  const isEmpty = preview.counts.length === 0;
  return (
    <Section title={t("publish.preview_title")}>
      <Stack>
        {preview.suspects.length > 0 ? <Suspects code={code} preview={preview} /> : null}
        {isEmpty ? (
          <Alert color="kunyit" variant="light" title={t("publish.empty_title")}>
            {t("publish.empty")}
          </Alert>
        ) : (
          <Text>
            <strong>{t("publish.leaves")}</strong> {countsText(preview.counts)}.
          </Text>
        )}
        {preview.staying.length > 0 ? (
          <Text>
            <strong>{t("publish.stays")}</strong> {countsText(preview.staying)}.
          </Text>
        ) : null}
        <Text c="dimmed">{t("publish.never")}</Text>
        {isEmpty ? null : (
          <PackageContents
            document={document}
            mark={(_, record) =>
              suspected.has(record.origin_id) ? (
                <Badge color="red" c="red.9" variant="light">
                  {t("publish.suspect_badge")}
                </Badge>
              ) : null
            }
          />
        )}
      </Stack>
    </Section>
  );
}

/** Each a way to the field that mends it. */
function Suspects({ code, preview }: { code: string; preview: PackagePreview }) {
  const { t } = useTranslation("packages");
  const document = preview.document as unknown as PackageDocument;
  const records = Object.values(document.components).flatMap((kinds) =>
    Object.values(kinds).flat(),
  );
  return (
    <Alert
      color="red"
      variant="light"
      title={t("publish.suspects_title", { count: preview.suspects.length })}
      styles={{ title: { color: "var(--mantine-color-black)" } }}
    >
      <Text mb="xs">{t("publish.suspects")}</Text>
      <List>
        {preview.suspects.map((suspect) => {
          const kind = kindOf(suspect.kind);
          const content = records.find((one) => one.origin_id === suspect.record_id)?.content;
          const path = rowIds(suspect.field, content);
          return (
            <List.Item key={`${suspect.record_id} ${suspect.field}`}>
              {kind ? (
                <AnchorLink
                  {...recordLink(kind, code, suspect.record_id, { isian: suspect.field })}
                >
                  {t("publish.suspect", {
                    kind: nameOfKind(suspect.kind),
                    title: suspect.title,
                    place: placeLabel(kind, path, [content]),
                  })}
                </AnchorLink>
              ) : (
                suspect.title
              )}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}

/** `steps.0.note` as `steps.<id>.note`: the preview counts rows, places name them. */
function rowIds(path: string, content: Record<string, unknown> | undefined): string {
  const [list = "", index, ...rest] = path.split(".");
  const rows = content?.[list];
  const row = Array.isArray(rows) && index ? (rows[Number(index)] as unknown) : undefined;
  if (typeof row !== "object" || row === null || !("id" in row)) return [list, ...rest].join(".");
  return [list, String(row.id), ...rest].join(".");
}
