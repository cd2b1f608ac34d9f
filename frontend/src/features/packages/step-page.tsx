import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, membershipOf, useMe } from "@/api/me";
import { type Adoption, adoptionQuery, type Undone } from "@/api/packages";
import { PERMISSION } from "@/api/permissions";
import { ifMatch } from "@/api/versioned";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AnchorLink, BackLink, ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { recordLink } from "@/ui/record/record-link";
import { ScoreBar } from "@/ui/score-bar";
import classes from "./packages.module.css";
import { kindOf, nameOfKind } from "./words";

const route = getRouteApi("/kerja/d/$code/paket/langkah/$langkah");

const ACTIONS = ["create", "change", "map", "archive", "acknowledge"] as const;
const REASONS = ["changed_since", "in_use", "no_longer_fits"] as const;

/** What taking over a package, or merging its improvements, did; and the way to take it back. */
export function StepPage() {
  const { t } = useTranslation("packages");
  const { code, langkah } = route.useParams();
  const step = useQuery(adoptionQuery(code, langkah));
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  const undo = useUndo(code);
  if (step.error) throw step.error;
  if (!step.data) return <PageSkeleton />;
  const done = step.data;
  const names = { name: done.package_name, version: done.package_version };
  return (
    <Page
      width="text"
      title={t(done.step === "update" ? "step.title_update" : "step.title_adopt", names)}
      lead={t("step.lead", {
        name: done.adopted_by_name,
        moment: formatMoment(done.adopted_at, currentLanguage()),
      })}
    >
      <BackLink to="/d/$code/paket/pembaruan" params={{ code }}>
        {t("step.back")}
      </BackLink>
      <ProblemAlert error={undo.error} />
      {undo.data ? <UndoneNotice undone={undo.data} code={code} /> : null}
      {done.undone_at && !undo.data ? (
        <Alert color="kunyit" variant="light" title={t("step.undone_title")}>
          {t("step.undone_by", {
            name: done.undone_by_name ?? "",
            moment: formatMoment(done.undone_at, currentLanguage()),
          })}
        </Alert>
      ) : null}
      {done.undone_at ? null : (
        <Alert
          role="status"
          color="laut"
          variant="light"
          title={t("step.done", { count: done.changes.length })}
        >
          <Stack>
            <Text>{t("step.next")}</Text>
            <Group>
              <ButtonLink to="/d/$code" params={{ code }}>
                {t("step.to_home")}
              </ButtonLink>
              {writes ? (
                <Button
                  variant="default"
                  loading={undo.isPending}
                  onClick={() => undo.mutate(done)}
                >
                  {t("step.undo")}
                </Button>
              ) : null}
            </Group>
          </Stack>
        </Alert>
      )}
      <Section title={t("step.readiness")}>
        <div className={classes.steps}>
          <ScoreBar label={t("preview.before")} claimed={done.claimed_before} />
          <ScoreBar label={t("preview.after")} claimed={done.claimed_after} />
        </div>
      </Section>
      <Section title={t("step.changes")}>
        <Stack>
          {ACTIONS.map((action) => (
            <Changes key={action} action={action} step={done} code={code} />
          ))}
        </Stack>
      </Section>
    </Page>
  );
}

interface ChangesProps {
  action: (typeof ACTIONS)[number];
  step: Adoption;
  code: string;
}

function Changes({ action, step, code }: ChangesProps) {
  const { t } = useTranslation("packages");
  const changes = step.changes.filter((change) => change.action === action);
  if (changes.length === 0) return null;
  return (
    <details className={classes.record} open={changes.length <= 8}>
      <summary>{t(`step.action.${action}`, { count: changes.length })}</summary>
      <div className={classes.recordBody}>
        <ul className={classes.plain}>
          {changes.map((change) => {
            const kind = kindOf(change.kind);
            return (
              <li key={`${change.record_id} ${change.origin_id}`}>
                {kind ? (
                  <AnchorLink {...recordLink(kind, code, change.record_id)}>
                    {change.title}
                  </AnchorLink>
                ) : (
                  change.title
                )}{" "}
                <Text span c="dimmed" inherit>
                  ({nameOfKind(change.kind)})
                </Text>
              </li>
            );
          })}
        </ul>
      </div>
    </details>
  );
}

/** What went back, and what stayed because people went on with it. */
function UndoneNotice({ undone, code }: { undone: Undone; code: string }) {
  const { t } = useTranslation("packages");
  return (
    <Alert
      role="status"
      color={undone.kept.length > 0 ? "kunyit" : "laut"}
      variant="light"
      title={t("step.undone_title")}
    >
      <Text>{t("step.restored", { count: undone.restored.length })}</Text>
      {undone.kept.length > 0 ? (
        <>
          <Text mt="xs">{t("step.kept", { count: undone.kept.length })}</Text>
          <List>
            {undone.kept.map((kept) => {
              const change = undone.adoption.changes.find(
                (one) => one.record_id === kept.record_id,
              );
              const kind = kindOf(change?.kind ?? "");
              const reason = REASONS.find((one) => one === kept.reason);
              return (
                <List.Item key={kept.record_id}>
                  {kind ? (
                    <AnchorLink {...recordLink(kind, code, kept.record_id)}>
                      {kept.title}
                    </AnchorLink>
                  ) : (
                    kept.title
                  )}
                  {reason ? `: ${t(`step.reason.${reason}`)}` : null}
                </List.Item>
              );
            })}
          </List>
        </>
      ) : null}
    </Alert>
  );
}

function useUndo(code: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (step: Adoption): Promise<Undone> => {
      const path = "/api/v1/districts/{code}/package-adoptions/{adoption_id}/undo";
      const { data } = await api.POST(path, {
        params: { path: { code, adoption_id: step.id }, header: ifMatch(`"${step.version}"`) },
      });
      if (!data) throw new Error("a step taken back has a body");
      return data;
    },
    onSettled: async () => {
      await Promise.all(
        ["adoptions", "setup", "readiness"].map((name) =>
          client.invalidateQueries({ queryKey: [name, code] }),
        ),
      );
      await client.invalidateQueries({ queryKey: ["packages"] });
    },
  });
}
