import { Alert, Group, Paper, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import {
  type DistrictItemChange,
  districtChangeQuery,
  type StandardTransition,
} from "@/api/standards";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { Facts } from "@/ui/facts";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ItemAnchor } from "@/ui/readiness/item-anchor";
import { ItemStateBadge } from "@/ui/readiness/item-state";
import { ScoreBar } from "@/ui/score-bar";
import { ChangeKinds } from "./change-kinds";

const route = getRouteApi("/kerja/d/$code/perubahan-standar");

/** What new versions of the standard change for a district, the newest first: each item with its own state and the way to it. */
export function DistrictChangePage() {
  const { t } = useTranslation(["standards", "readiness"]);
  const { code } = route.useParams();
  const change = useQuery(districtChangeQuery(code));
  return (
    <Page title={t("district.title")} lead={t("district.lead")}>
      <ProblemAlert error={change.error} onRetry={() => change.refetch()} />
      {change.isPending ? <PageSkeleton /> : null}
      {change.data?.length === 0 ? (
        <Empty title={t("district.none_title")}>{t("district.none")}</Empty>
      ) : null}
      {change.data?.map((one) => (
        <Transition key={one.to} code={code} change={one} />
      ))}
    </Page>
  );
}

function Transition({ code, change }: { code: string; change: StandardTransition }) {
  const { t } = useTranslation("standards");
  const day = (value: string) => formatDate(value, currentLanguage());
  const dates = { from: change.from, to: change.to, full: day(change.counts_from) };
  const missing = change.items.filter(
    ({ after, state }) => after && state !== "verified" && state !== "present",
  ).length;
  return (
    <>
      <Section title={change.title}>
        <Stack>
          <Alert color="laut" variant="light">
            {t(`district.state.${change.state}`, {
              ...dates,
              effective: day(change.effective_from),
            })}
          </Alert>
          <Facts
            items={[
              { label: t("edition.effective"), value: day(change.effective_from) },
              { label: t("district.counts_from"), value: day(change.counts_from) },
              {
                label: t("edition.status"),
                value: [t(`status.${change.status}`), change.basis].filter(Boolean).join(": "),
              },
            ]}
          />
          <ScoreBar
            label={t("district.now")}
            claimed={change.claimed_now}
            verified={change.verified_now}
          />
          <ScoreBar
            label={t("district.then", { version: change.to })}
            claimed={change.claimed_then}
            verified={change.verified_then}
          />
        </Stack>
      </Section>
      <Section title={t("district.items", { count: change.items.length })}>
        <Text mb="md">{t("district.missing", { count: missing })}</Text>
        <Stack component="ul" p={0} m={0} style={{ listStyle: "none" }}>
          {change.items.map((item) => (
            <Item key={item.code} code={code} item={item} />
          ))}
        </Stack>
      </Section>
    </>
  );
}

function Item({ code, item }: { code: string; item: DistrictItemChange }) {
  const { t } = useTranslation("standards");
  const side = item.after ?? item.before;
  const words = `${item.code} ${side?.title ?? ""}`;
  const { before, after } = item;
  const asks = (one: NonNullable<typeof before>) =>
    t(
      one.must_be_verified_for_go_live
        ? "demand.verified"
        : one.mandatory
          ? "demand.mandatory"
          : "demand.optional",
    );
  const facts = [
    before && after && before.title !== after.title
      ? t("district.was_called", { title: before.title })
      : null,
    before && after && before.weight !== after.weight
      ? t("district.weight", { before: before.weight, after: after.weight })
      : null,
    after && (!before || asks(before) !== asks(after))
      ? t("district.asks", { demand: asks(after) })
      : null,
    after && item.state !== "verified" ? after.next_step : null,
    after ? null : t("district.retired"),
  ].filter((text) => text !== null);
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          {item.is_open ? (
            <ItemAnchor item={item} code={code}>
              {words}
            </ItemAnchor>
          ) : (
            <Text fw={600}>{words}</Text>
          )}
          <ItemStateBadge state={item.state} />
        </Group>
        <ChangeKinds kinds={item.kinds} />
        {facts.map((text) => (
          <Text key={text}>{text}</Text>
        ))}
      </Stack>
    </Paper>
  );
}
