import { Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type ComponentKey, KIND_OF_COMPONENT } from "@/lib/components";
import { UpdateNotice } from "../packages/update-notice";
import { Page } from "../page";
import { ComponentChecklist } from "../readiness/component-checklist";
import { SubNav, SubNavLink } from "../sub-nav";
import { CHECKLIST_PART } from "./checklist-part";
import { componentLink } from "./record-link";
import { UndoBar } from "./undo";

/** One part of a component's page: a list, a matrix, a chart. */
export interface Part {
  /** Its word in the address. */
  key: string;
  name: string;
  /** The primary action while it is shown. */
  action?: ReactNode;
  content: ReactNode;
}

interface Props {
  component: ComponentKey;
  code: string;
  title: string;
  lead: string;
  /** The first is shown when the address names none. */
  parts: [Part, ...Part[]];
  /** Which part the address names, and which item of its checklist. */
  search: { bagian?: string; butir?: string };
}

/** The page of a component: its lists, and the checklist that says what is still missing. */
export function PartPage({ component, code, title, lead, parts, search }: Props) {
  const { t } = useTranslation(["setup", "readiness"]);
  const all: [Part, ...Part[]] = [
    ...parts,
    {
      key: CHECKLIST_PART,
      name: t("readiness:part"),
      content: <ComponentChecklist component={component} code={code} butir={search.butir} />,
    },
  ];
  const shown = all.find((part) => part.key === search.bagian) ?? all[0];
  return (
    <Page width="wide" title={title} lead={lead} action={shown.action}>
      <SubNav label={t("parts")}>
        {all.map((part, index) => (
          <SubNavLink
            key={part.key}
            {...componentLink(component, code, index === 0 ? undefined : part.key)}
            isShown={part === shown}
          >
            {part.name}
          </SubNavLink>
        ))}
      </SubNav>
      <Title order={2} className="sp-print-only">
        {shown.name}
      </Title>
      <UpdateNotice code={code} component={KIND_OF_COMPONENT[component]} />
      {shown.content}
      <UndoBar />
    </Page>
  );
}
