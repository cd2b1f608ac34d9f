import { Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { LogoMark } from "@/ui/logo";
import classes from "./shell.module.css";

/** Mark and name, leading home: to the workspace's home when there is one, else the public page. */
export function BrandLink({ to }: { to: "/" | "/ruang" }) {
  return (
    <Link to={to} className={classes.brand}>
      <LogoMark />
      <Text component="span" className={classes.brandName}>
        Satu Pintu
      </Text>
    </Link>
  );
}
