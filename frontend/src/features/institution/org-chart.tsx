import { Button, Group } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import type { SetupRecord, StaffMember, Team, TeamPosition } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { ProblemAlert } from "@/ui/problem-alert";
import { recordLink } from "@/ui/record/record-link";
import { codeName } from "@/ui/record/texts";
import { type ChartNode, chartOf } from "./chart-tree";
import classes from "./org-chart.module.css";

/** Positions shown in a box; the annex of the decree has them all. */
const SHOWN = 6;

/** The organisation chart, drawn from the teams: a tree on wide screens and paper, a list on phones. */
export function OrgChart({ code }: { code: string }) {
  const { t } = useTranslation("institution");
  const teams = useQuery(recordsQuery(KINDS.team, code));
  const staff = useQuery(recordsQuery(KINDS.staff_member, code));
  const district = useQuery(districtQuery(code));
  if (teams.error) return <ProblemAlert error={teams.error} onRetry={() => teams.refetch()} />;
  if (!teams.data) return <PageSkeleton />;
  if (teams.data.length === 0)
    return <Empty title={t("chart.empty_title")}>{t("chart.empty")}</Empty>;
  return (
    <>
      <Group className="sp-screen-only">
        <Button
          variant="default"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t("chart.print")}
        </Button>
      </Group>
      <section
        className={classes.frame}
        aria-label={t("chart.title", { unit: district.data?.unit_name ?? "" })}
        // A wide chart scrolls inside its frame; keyboards need a way in.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
        tabIndex={0}
      >
        <Nodes nodes={chartOf(teams.data)} code={code} staff={staff.data ?? []} />
      </section>
    </>
  );
}

interface NodesProps {
  nodes: ChartNode[];
  code: string;
  staff: SetupRecord<StaffMember>[];
}

function Nodes({ nodes, code, staff }: NodesProps) {
  return (
    <ul className={classes.level}>
      {nodes.map(({ team, below }) => (
        <li key={team.id}>
          <Box team={team} code={code} staff={staff} />
          {below.length > 0 ? <Nodes nodes={below} code={code} staff={staff} /> : null}
        </li>
      ))}
    </ul>
  );
}

function Box({ team, code, staff }: { team: SetupRecord<Team> } & Omit<NodesProps, "nodes">) {
  const { t } = useTranslation("institution");
  const { kind, positions } = team.content;
  const rest = positions.length - SHOWN;
  return (
    <div className={classes.box}>
      {kind ? <span className={classes.kind}>{codeName("team_kind", kind)}</span> : null}
      <AnchorLink {...recordLink(KINDS.team, code, team.id)} className={classes.name}>
        {team.title}
      </AnchorLink>
      {positions.length > 0 ? (
        <dl className={classes.positions}>
          {positions.slice(0, SHOWN).map((position) => (
            <div key={position.id}>
              <dt>{titleOf(position)}</dt>
              <dd>{holderOf(position, staff) || t("chart.vacant")}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {rest > 0 ? <span>{t("chart.more", { count: rest })}</span> : null}
    </div>
  );
}

function titleOf(position: TeamPosition): string {
  return position.title || (position.kind ? codeName("position_kind", position.kind) : "–");
}

function holderOf(position: TeamPosition, staff: SetupRecord<StaffMember>[]): string {
  const member = staff.find((record) => record.id === position.staff_id);
  return member?.title ?? position.holder;
}
