import { createLink } from "@tanstack/react-router";
import { forwardRef, type ReactNode, useEffect, useRef } from "react";
import classes from "./record/record.module.css";

/** The parts of a page, each an address of its own. Where they do not all fit, the one that is shown is in sight. */
export function SubNav({ label, children }: { label: string; children: ReactNode }) {
  const nav = useRef<HTMLElement>(null);
  const last = useRef<Element>(undefined);
  useEffect(() => {
    const shown = nav.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (!nav.current || !shown || shown === last.current) return;
    last.current = shown;
    const frame = nav.current.getBoundingClientRect();
    const part = shown.getBoundingClientRect();
    if (part.right > frame.right) nav.current.scrollLeft += part.right - frame.right;
    else if (part.left < frame.left) nav.current.scrollLeft -= frame.left - part.left;
  });
  return (
    <nav aria-label={label} className={classes.subnav} ref={nav}>
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
