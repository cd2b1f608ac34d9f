import { Group, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { AuditEvent } from "@/api/types";
import { describeDevice } from "@/lib/device";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { Facts } from "@/ui/facts";
import { AnchorLink } from "@/ui/links";
import { deedName, kindOf, thingName } from "@/ui/record/deeds";
import { Describer } from "@/ui/record/describe";
import classes from "./audit.module.css";
import { contentsOf, type PlainField, shownOf, type Words } from "./changes";
import { PlainWords } from "./plain-words";
import { installationLink, thingLink, titleOf } from "./things";
import type { EventNames } from "./use-names";

interface Props {
  event: AuditEvent;
  /** The district whose trail it is; none for the installation's. */
  code: string | undefined;
  timeZone: string;
  names: EventNames;
  /** Offers the trail of this one thing; absent where that is what is shown. */
  offersTrail: boolean;
}

/** One event: who did what to what, when, and what it was and became. */
export function EventCard({ event, code, timeZone, names, offersTrail }: Props) {
  const { t } = useTranslation("audit");
  const shown = shownOf(event, useWords({ event, code, timeZone, names }));
  const title = titleOf(event) ?? nameOf(event, names);
  const seen = code === undefined ? installationLink(event) : thingLink(event, code);
  const link = event.action === "delete" ? undefined : seen;
  const search = { jenis: event.entity, id: event.entity_id };
  const trail =
    code === undefined
      ? { to: "/pusat/jejak-audit" as const, search }
      : { to: "/d/$code/jejak-audit" as const, params: { code }, search };
  return (
    <li className={classes.event}>
      <Title order={2} className={classes.line}>
        {actorOf(event, t)} <span className={classes.deed}>{deedName(event)}</span>{" "}
        {title ? `“${title}”` : null}
      </Title>
      <Text c="dimmed">
        {t("moment", {
          moment: formatMoment(event.at, currentLanguage(), timeZone),
          number: event.id,
        })}
        {event.ip ? ` · ${fromWhere(event, t)}` : null}
      </Text>
      {shown.changed.length > 0 ? <Changes fields={shown.changed} /> : null}
      <Folded label={t("same", { count: shown.same.length })} fields={shown.same} />
      <Folded
        label={t(event.after ? "whole" : "whole_gone", { count: shown.whole.length })}
        fields={shown.whole}
      />
      <Group gap="lg" className="sp-screen-only">
        {link ? (
          <AnchorLink {...link} className={classes.link}>
            {t("open", { thing: thingName(event.entity) })}
          </AnchorLink>
        ) : null}
        {offersTrail ? (
          <AnchorLink {...trail} className={classes.link}>
            {t("only_this", { thing: thingName(event.entity) })}
          </AnchorLink>
        ) : null}
      </Group>
    </li>
  );
}

/** Who did it: a person by the name of that time, the system, or somebody who had not signed in. */
function actorOf({ actor_id, actor_name, ip }: AuditEvent, t: TFunction<"audit">): string {
  if (actor_id) return actor_name;
  if (!ip) return t("system", { name: actor_name });
  return actor_name === "pendaftar" ? t("applicant") : t("stranger");
}

/** The device as people call it, and its address. */
function fromWhere({ user_agent, ip }: AuditEvent, t: TFunction<"audit">): string {
  const device = describeDevice(user_agent);
  return device ? t("from_device", { ...device, ip }) : t("from_address", { ip });
}

function nameOf(event: AuditEvent, names: EventNames): string | undefined {
  const account = event.before?.account_id;
  return typeof account === "string"
    ? names.person(account)
    : names.thing(event.entity, event.entity_id);
}

function useWords({ event, code, timeZone, names }: Omit<Props, "offersTrail">): Words {
  const client = useQueryClient();
  const kind = kindOf(event.entity);
  if (!kind || code === undefined || event.action === "move")
    return new PlainWords(names, timeZone);
  const { before, after } = contentsOf(event);
  return new Describer(kind, code, client, [after, before]);
}

function Changes({ fields }: { fields: ReturnType<typeof shownOf>["changed"] }) {
  const { t } = useTranslation(["audit", "setup"]);
  const words = (text: string) => (
    <span className={classes.value}>{text || t("setup:merge.nothing")}</span>
  );
  return (
    <div className={classes.changes}>
      <CardTable
        caption={t("setup:history.table")}
        rows={fields}
        rowKey={(row) => row.name}
        columns={[
          {
            key: "field",
            label: t("setup:history.field"),
            isName: true,
            render: (row) => row.label,
          },
          { key: "before", label: t("setup:history.before"), render: (row) => words(row.before) },
          { key: "after", label: t("setup:history.after"), render: (row) => words(row.after) },
        ]}
      />
    </div>
  );
}

function Folded({ label, fields }: { label: string; fields: PlainField[] }) {
  if (fields.length === 0) return null;
  return (
    <details className={classes.folded}>
      <summary>{label}</summary>
      <Facts
        items={fields.map((field) => ({
          label: field.label,
          value: <span className={classes.value}>{field.value}</span>,
        }))}
      />
    </details>
  );
}
