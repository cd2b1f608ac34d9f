import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { NavItem } from "./navigation";
import classes from "./shell.module.css";

/** The few things a role needs most, within reach of the thumb. Phones only; one entry is no choice. */
export function BottomBar({ items }: { items: NavItem[] }) {
  const { t } = useTranslation();
  if (items.length < 2) return null;
  return (
    <nav className={classes.bottomBar} aria-label={t("shell.menu")}>
      {items.slice(0, 4).map((item) => (
        <Link
          key={item.key}
          {...item.link}
          className={classes.bottomItem}
          activeOptions={{ exact: item.exact ?? false, includeSearch: false }}
        >
          {item.icon}
          <span>{item.label}</span>
        </Link>
      ))}
    </nav>
  );
}
