import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

/** One entry of the navigation. It is a typed link: a screen that does not exist cannot be named. */
export interface NavItem {
  key: string;
  label: string;
  icon: ReactNode;
  link: Pick<LinkProps, "to" | "params">;
  /** Active only on exactly this path, for entries that are the start of others' paths. */
  exact?: boolean;
  /** Shown in the bottom bar of phones too (four at most). */
  onPhone?: boolean;
}

export interface NavGroup {
  key: string;
  /** Heading; the first group has none. */
  label?: string;
  items: NavItem[];
}
