import { Button, Text, Title } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import type { Sop } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { recordLink } from "@/ui/record/record-link";
import classes from "./flow.module.css";
import { FlowChart } from "./flow-chart";
import { FlowList } from "./flow-list";

const route = getRouteApi("/kerja/d/$code/mekanisme-kerja/sop/$recordId/bagan");

/** The SOP as it is printed: letterhead, identity block, flow table. */
export function SopView() {
  const { t } = useTranslation("mechanism");
  const { code, recordId } = route.useParams();
  const sops = useQuery(recordsQuery(KINDS.sop, code));
  const district = useQuery(districtQuery(code));
  if (sops.error) throw sops.error;
  if (!sops.data || !district.data) return <PageSkeleton />;
  const record = sops.data.find((sop) => sop.id === recordId);
  if (!record) return <Empty title={t("flow.empty")} />;
  const sop = record.content;
  return (
    <Page
      width="wide"
      title={t("flow.title", { title: record.title })}
      action={
        <Button leftSection={<IconPrinter size={20} aria-hidden />} onClick={() => window.print()}>
          {t("flow.print")}
        </Button>
      }
    >
      <BackLink className="sp-screen-only" {...recordLink(KINDS.sop, code, recordId)}>
        {t("back_to_sop")}
      </BackLink>
      <div className={`${classes.kop} sp-screen-only`}>
        <Text fw={650} tt="uppercase">
          {t("block.government", { district: district.data.name })}
        </Text>
        <Text>{district.data.unit_name}</Text>
      </div>
      <IdentityBlock sop={sop} code={code} />
      {sop.steps.length === 0 ? (
        <Empty title={t("flow.empty")} />
      ) : (
        <>
          <div className={classes.chartOnly}>
            <Title order={2} className="sp-screen-only" mb="sm">
              {t("flow.chart")}
            </Title>
            <FlowChart steps={sop.steps} />
          </div>
          <div className={classes.listOnly}>
            <Title order={2}>{t("flow.list")}</Title>
            <FlowList steps={sop.steps} />
          </div>
        </>
      )}
    </Page>
  );
}

function IdentityBlock({ sop, code }: { sop: Sop; code: string }) {
  const { t } = useTranslation("mechanism");
  const instruments = useQuery(recordsQuery(KINDS.legal_instrument, code));
  const sops = useQuery(recordsQuery(KINDS.sop, code));
  const day = (iso: string | null) => (iso ? formatDate(iso, currentLanguage()) : "");
  const titles = (ids: string[], records: { id: string; title: string }[] | undefined) =>
    ids.flatMap((id) => records?.find((record) => record.id === id)?.title ?? []);
  const { approved_by: approval } = sop;
  const approved = [
    approval.position,
    approval.name,
    approval.nip ? t("block.nip", { nip: approval.nip }) : "",
  ].filter(Boolean);
  return (
    <table className={classes.block}>
      <tbody>
        <Pair label={t("block.number")} value={sop.number} other={t("block.name")}>
          <b>{sop.title}</b>
        </Pair>
        <Pair label={t("block.made")} value={day(sop.made_on)} other={t("block.revised")}>
          {day(sop.revised_on)}
        </Pair>
        <Pair
          label={t("block.effective")}
          value={day(sop.effective_on)}
          other={t("block.approved")}
        >
          <Lines items={approved} />
        </Pair>
        <Pair
          label={t("block.basis")}
          value={
            <Lines items={[...titles(sop.legal_basis_ids, instruments.data), ...sop.legal_basis]} />
          }
          other={t("block.qualifications")}
        >
          <Lines items={sop.executor_qualifications} />
        </Pair>
        <Pair
          label={t("block.related")}
          value={<Lines items={titles(sop.related_ids, sops.data)} />}
          other={t("block.equipment")}
        >
          <Lines items={sop.equipment} />
        </Pair>
        <Pair
          label={t("block.warnings")}
          value={<Lines items={sop.warnings} />}
          other={t("block.records")}
        >
          <Lines items={sop.records} />
        </Pair>
      </tbody>
    </table>
  );
}

function Pair(props: { label: string; value: ReactNode; other: string; children: ReactNode }) {
  return (
    <tr>
      <th scope="row">{props.label}</th>
      <td>{props.value || "–"}</td>
      <th scope="row">{props.other}</th>
      <td>{props.children || "–"}</td>
    </tr>
  );
}

function Lines({ items }: { items: string[] }) {
  if (items.length === 0) return "–";
  if (items.length === 1) return items[0];
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
