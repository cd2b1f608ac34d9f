import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { StandardComponent, StandardDraft, StandardItem } from "@/api/standards";
import type { Versioned } from "@/api/versioned";
import { componentKey } from "@/lib/components";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { PageSkeleton } from "@/ui/loading";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ChangeKinds } from "./change-kinds";
import { type ItemPlace, nextCode, withoutItem, withRestored } from "./draft-items";
import { ItemDialog } from "./item-dialog";
import { NamesSection } from "./names-section";
import { contentOf, useSaveDraft } from "./use-save-draft";

interface Editing {
  place: ItemPlace;
  item: StandardItem | null;
  code: string;
}

/** The items of the draft by component; each act is saved at once. */
export function DraftContent({ draft }: { draft: Versioned<StandardDraft> }) {
  const { t } = useTranslation(["standards", "common"]);
  const language = currentLanguage();
  const base = useBase(draft.value.base_version);
  const [editing, setEditing] = useState<Editing | null>(null);
  const save = useSaveDraft(draft, () => undefined);
  const content = contentOf(draft.value);
  const change = (code: string) => draft.value.changes.find((one) => one.code === code);
  if (base.error) return <ProblemAlert error={base.error} onRetry={() => base.refetch()} />;
  if (!base.data) return <PageSkeleton />;
  const before = base.data.components;
  const baseOf = (component: StandardComponent) =>
    before.find((one) => one.component === component.component);
  return (
    <>
      <Text>{t("draft.how")}</Text>
      <ProblemAlert error={save.error} />
      <NamesSection draft={draft} />
      {content.components.map((component, index) => (
        <Section
          key={component.code}
          title={t(`common:component.${componentKey(component.component)}`)}
          aside={
            <Button
              variant="default"
              leftSection={<IconPlus size={20} aria-hidden />}
              onClick={() =>
                setEditing({
                  place: { component: index, item: component.items.length },
                  item: null,
                  code: nextCode(component, draft.value.used_codes),
                })
              }
            >
              {t("item.add", { component: component.code })}
            </Button>
          }
        >
          <CardTable
            caption={t("item.table", { component: component.code })}
            rows={component.items}
            rowKey={(item) => item.code}
            columns={[
              {
                key: "item",
                label: t("item.item"),
                isName: true,
                render: (item) => (
                  <Stack gap={4}>
                    <span>
                      {item.code} {item.title[language]}
                    </span>
                    <ChangeKinds kinds={change(item.code)?.kinds ?? []} />
                  </Stack>
                ),
              },
              { key: "weight", label: t("part.weight"), render: (item) => item.weight },
              {
                key: "mandatory",
                label: t("part.mandatory"),
                render: (item) => t(item.mandatory ? "demand.mandatory" : "demand.optional"),
              },
              {
                key: "acts",
                label: t("item.acts"),
                hideLabel: true,
                render: (item) => {
                  const place = { component: index, item: component.items.indexOf(item) };
                  return (
                    <Group gap="xs" wrap="nowrap">
                      <Button
                        variant="default"
                        aria-label={t("item.edit_of", { item: item.code })}
                        onClick={() => setEditing({ place, item, code: item.code })}
                      >
                        {t("common:action.change")}
                      </Button>
                      <Button
                        variant="subtle"
                        aria-label={t("item.retire_of", { item: item.code })}
                        disabled={save.isPending}
                        onClick={() => save.mutate(withoutItem(content, place))}
                      >
                        {t("item.retire")}
                      </Button>
                    </Group>
                  );
                },
              },
            ]}
          />
          <Retired
            items={(baseOf(component)?.items ?? []).filter((item) =>
              component.items.every(({ code }) => code !== item.code),
            )}
            busy={save.isPending}
            onRestore={(item) => {
              const order = baseOf(component)?.items.map(({ code }) => code) ?? [];
              save.mutate(withRestored(content, index, item, order));
            }}
          />
        </Section>
      ))}
      {editing ? <ItemDialog draft={draft} {...editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

interface RetiredProps {
  items: StandardItem[];
  busy: boolean;
  onRestore: (item: StandardItem) => void;
}

function Retired({ items, busy, onRestore }: RetiredProps) {
  const { t } = useTranslation("standards");
  const language = currentLanguage();
  if (items.length === 0) return null;
  return (
    <Stack mt="md" gap="xs">
      <Text fw={600}>{t("item.retired")}</Text>
      {items.map((item) => (
        <Group key={item.code} justify="space-between">
          <Text td="line-through" flex={1} miw="12rem">
            {item.code} {item.title[language]}
          </Text>
          <Button
            variant="default"
            disabled={busy}
            aria-label={t("item.restore_of", { item: item.code })}
            onClick={() => onRestore(item)}
          >
            {t("item.restore")}
          </Button>
        </Group>
      ))}
    </Stack>
  );
}

/** The version that the draft follows; it never changes. */
function useBase(version: string) {
  return useQuery({
    queryKey: ["standards", "version", version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/standards/{version}", {
        params: { path: { version } },
        signal,
      });
      if (!data) throw new Error("a standard has a body");
      return data;
    },
  });
}
