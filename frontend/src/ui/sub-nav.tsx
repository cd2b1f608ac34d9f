import { createLink } from "@tanstack/react-router";
import { forwardRef, type ReactNode } from "react";
import classes from "./record/record.module.css";

/** The parts of a page, each an address of its own. */
export function SubNav({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className={classes.subnav}>
      {children}
    </nav>
  );
}

/** One part; `aria-current` marks the one that is shown. */
export const SubNavLink = createLink(
  forwardRef<HTMLAnchorElement, React.AnchorHTMLAttributes<HTMLAnchorElement>>((props, ref) => (
    <a ref={ref} {...props} />
  )),
);
