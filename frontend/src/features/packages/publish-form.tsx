import { Button, Group, Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import type { ModelPackage, PackageDraft, PackagePreview } from "@/api/packages";
import { ProblemError } from "@/api/problem";
import type { District } from "@/api/types";
import { COMPONENT_OF, type ComponentKind } from "@/lib/components";
import { LeaveGuard } from "@/ui/leave-guard";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ComponentChoice } from "./component-choice";
import { PublishPreview } from "./publish-preview";
import { componentsOf } from "./words";

interface Props {
  code: string;
  district: District;
  /** Every version that the district published, the newest first. */
  own: ModelPackage[];
  /** The package of which the next version is meant. */
  packageId: string | undefined;
}

/** The newest version of each package. */
function newestOf(own: ModelPackage[]): ModelPackage[] {
  const seen = new Set<string>();
  return own.filter((one) => {
    if (seen.has(one.package_id)) return false;
    seen.add(one.package_id);
    return true;
  });
}

/** What to publish; then exactly what leaves; then publishing, on that preview only. */
export function PublishForm({ code, district, own, packageId }: Props) {
  const { t } = useTranslation("packages");
  const packages = newestOf(own);
  const last = packages.find((one) => one.package_id === packageId);
  const [first] = useState<PackageDraft>(() =>
    draftOf(last, t("publish.name_proposal", { district: district.name })),
  );
  const [draft, setDraft] = useState(first);
  const [preview, setPreview] = useState<{ of: PackageDraft; shown: PackagePreview } | null>(null);
  const navigate = useNavigate();
  const change = (part: Partial<PackageDraft>) => setDraft((now) => ({ ...now, ...part }));

  const look = useMutation({
    mutationFn: async (of: PackageDraft) => {
      const { data } = await api.POST("/api/v1/districts/{code}/packages/preview", {
        params: { path: { code } },
        body: of,
      });
      if (!data) throw new Error("a preview has a body");
      return { of, shown: data };
    },
    onSuccess: setPreview,
  });
  const errors = look.error instanceof ProblemError ? look.error.fieldErrors() : {};

  return (
    <Stack gap="lg">
      <LeaveGuard holds={JSON.stringify(draft) !== JSON.stringify(first)} />
      <Section title={t("publish.what")}>
        <Stack>
          {packages.length > 0 ? (
            <Radio.Group
              label={t("publish.which")}
              value={packageId ?? ""}
              onChange={(value) =>
                void navigate({
                  to: "/d/$code/paket/terbitkan",
                  params: { code },
                  search: value ? { paket: value } : {},
                  replace: true,
                })
              }
            >
              <Stack gap="xs" mt="xs">
                {packages.map((one) => (
                  <Radio
                    key={one.package_id}
                    value={one.package_id}
                    label={t("publish.next_of", {
                      name: one.name,
                      version: one.package_version + 1,
                    })}
                  />
                ))}
                <Radio value="" label={t("publish.new")} />
              </Stack>
            </Radio.Group>
          ) : null}
          <TextInput
            label={t("publish.name")}
            description={t("publish.name_hint")}
            value={draft.name}
            error={errors.name}
            maxLength={120}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <ComponentChoice
            label={t("publish.components")}
            description={t("publish.components_hint")}
            chosen={draft.components as ComponentKind[]}
            onChoose={(components) => change({ components })}
            error={errors.components}
          />
          <Textarea
            label={t(last ? "publish.note_next" : "publish.note")}
            description={t("publish.note_hint")}
            autosize
            minRows={2}
            value={draft.note?.id ?? ""}
            error={errors["note.id"]}
            onChange={(event) =>
              change({ note: { id: event.currentTarget.value, en: draft.note?.en ?? "" } })
            }
          />
          <Textarea
            label={t("publish.note_en")}
            autosize
            minRows={1}
            value={draft.note?.en ?? ""}
            error={errors["note.en"]}
            onChange={(event) =>
              change({ note: { id: draft.note?.id ?? "", en: event.currentTarget.value } })
            }
          />
          <ProblemAlert error={look.error} />
          <Group>
            <Button
              variant={preview ? "default" : "filled"}
              loading={look.isPending}
              onClick={() => look.mutate(draft)}
            >
              {t(preview ? "publish.look_again" : "publish.look")}
            </Button>
          </Group>
        </Stack>
      </Section>
      {preview ? (
        <>
          <PublishPreview code={code} preview={preview.shown} />
          <Publish
            code={code}
            draft={preview.of}
            previewHash={preview.shown.content_hash}
            isCurrent={JSON.stringify(preview.of) === JSON.stringify(draft)}
            refused={preview.shown.suspects.length > 0 || preview.shown.counts.length === 0}
          />
        </>
      ) : null}
    </Stack>
  );
}

function draftOf(last: ModelPackage | undefined, name: string): PackageDraft {
  return {
    name: last?.name ?? name,
    package_id: last?.package_id ?? null,
    components: last ? componentsOf(last.counts) : (Object.keys(COMPONENT_OF) as ComponentKind[]),
    note: { id: "", en: "" },
  };
}

interface PublishProps {
  code: string;
  draft: PackageDraft;
  /** What the preview showed; the service refuses to publish anything else. */
  previewHash: string;
  /** The form still says what the preview was made of. */
  isCurrent: boolean;
  /** The preview shows what must be mended first. */
  refused: boolean;
}

/** Publishes what the preview shows. */
function Publish({ code, draft, previewHash, isCurrent, refused }: PublishProps) {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const navigate = useNavigate();
  const looked = { ...draft, preview_hash: previewHash };
  const key = useIntentKey(looked);
  const publish = useMutation({
    mutationFn: async () => {
      const { data } = await api.POST("/api/v1/districts/{code}/packages", {
        params: { path: { code } },
        headers: { "Idempotency-Key": key },
        body: looked,
      });
      if (!data) throw new Error("a package has a body");
      return data;
    },
    onSuccess: async (one) => {
      await client.invalidateQueries({ queryKey: ["packages"] });
      await navigate({
        to: "/d/$code/paket/terbitan",
        params: { code },
        search: { baru: one.id },
        ignoreBlocker: true,
      });
    },
  });
  const reason = refused ? "publish.refused" : isCurrent ? "publish.ready" : "publish.outdated";
  return (
    <Section title={t("publish.act_title")}>
      <Stack>
        <Text>{t(reason)}</Text>
        <ProblemAlert error={publish.error} />
        <Group>
          <Button
            disabled={refused || !isCurrent}
            loading={publish.isPending}
            onClick={() => publish.mutate()}
          >
            {t("publish.act")}
          </Button>
        </Group>
      </Stack>
    </Section>
  );
}
