import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ComponentKey } from "@/lib/components";
import { Page } from "../page";
import { SubNav, SubNavLink } from "../sub-nav";
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
  /** Which part the address names. */
  bagian: string | undefined;
}

/** The page of a component with several parts, each an address of its own. */
export function PartPage({ component, code, title, lead, parts, bagian }: Props) {
  const { t } = useTranslation("setup");
  const shown = parts.find((part) => part.key === bagian) ?? parts[0];
  return (
    <Page width="wide" title={title} lead={lead} action={shown.action}>
      <SubNav label={t("parts")}>
        {parts.map((part, index) => (
          <SubNavLink
            key={part.key}
            {...componentLink(component, code, index === 0 ? undefined : part.key)}
            isShown={part === shown}
          >
            {part.name}
          </SubNavLink>
        ))}
      </SubNav>
      {shown.content}
      <UndoBar />
    </Page>
  );
}
