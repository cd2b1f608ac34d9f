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

type AnchorProps = React.AnchorHTMLAttributes<HTMLAnchorElement>;

interface PartProps extends Omit<AnchorProps, "aria-current"> {
  /** This part is shown. The page knows; the router would mark the first part on every address. */
  isShown: boolean;
}

/** One part of a page. */
export const SubNavLink = createLink(
  forwardRef<HTMLAnchorElement, PartProps>(({ isShown, children, ...props }, ref) => (
    <a ref={ref} {...props} aria-current={isShown ? "page" : undefined}>
      {children}
    </a>
  )),
);
