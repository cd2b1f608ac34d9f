import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { CODES, type Code } from "@/api/setup/codes";
import { KINDS } from "@/api/setup/kinds";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { codeName } from "@/ui/record/texts";

/** Takes over a ready set of categories; repeating it changes nothing that is there. */
export function AdoptSets({ code }: { code: string }) {
  const { t } = useTranslation("data");
  const client = useQueryClient();
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  const adopt = useMutation({
    mutationFn: async (set: Code<"category_set">) => {
      const { data } = await api.POST(
        "/api/v1/districts/{code}/setup/data-system/vulnerability-categories/adopt",
        // The document still names the codes in their program's form.
        { params: { path: { code } }, body: { set: set as never } },
      );
      return data;
    },
    onSuccess: () =>
      client.invalidateQueries({ queryKey: ["setup", code, KINDS.vulnerability_category.key] }),
  });
  if (!writes) return null;
  return (
    <Section title={t("adopt.title")}>
      <Stack>
        <Text c="dimmed">{t("adopt.lead")}</Text>
        <ProblemAlert error={adopt.error} />
        <div role="status">
          {adopt.data ? (
            <Alert color="laut" variant="light">
              {t("adopt.done", {
                added: adopt.data.added.length,
                there: adopt.data.already_there,
              })}
            </Alert>
          ) : null}
        </div>
        {CODES.category_set.map((set) => (
          <Group key={set} justify="space-between" gap="sm">
            <Text>{t(`adopt.source.${set}`)}</Text>
            <Button
              variant="default"
              loading={adopt.isPending && adopt.variables === set}
              onClick={() => adopt.mutate(set)}
            >
              {t("adopt.take", { set: codeName("category_set", set) })}
            </Button>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
