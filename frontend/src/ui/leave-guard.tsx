import { type ShouldBlockFn, useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog";
import { DiscardQuestion, mayStay } from "./discard";

const leavesPage: ShouldBlockFn = ({ current, next }) =>
  mayStay() &&
  (current.pathname !== next.pathname ||
    JSON.stringify(current.search) !== JSON.stringify(next.search));

/**
 * Asks before a page with something unsaved in its fields is left: by a link, by the way back, by closing the tab. Whoever
 * leaves the page after saving it navigates with `ignoreBlocker`.
 */
export function LeaveGuard({ holds }: { holds: boolean }) {
  const { t } = useTranslation();
  const way = useBlocker({ shouldBlockFn: leavesPage, disabled: !holds, withResolver: true });
  if (way.status !== "blocked") return null;
  return (
    <Dialog opened onClose={way.reset} title={t("leave.title")}>
      <DiscardQuestion text={t("leave.body")} onStay={way.reset} onDiscard={way.proceed} />
    </Dialog>
  );
}
