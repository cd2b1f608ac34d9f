import { NavLink, type NavLinkProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { forwardRef } from "react";

type ElementProps = Omit<React.AnchorHTMLAttributes<HTMLAnchorElement>, "color" | "style">;

/** An entry of the left navigation. Apart from the other links, so that public pages do not load it. */
export const NavItemLink = createLink(
  forwardRef<HTMLAnchorElement, NavLinkProps & ElementProps>((props, ref) => (
    <NavLink component="a" ref={ref} {...props} />
  )),
);
