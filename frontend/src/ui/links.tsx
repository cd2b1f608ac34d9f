import {
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  NavLink,
  type NavLinkProps,
} from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import { forwardRef } from "react";

type ElementProps = Omit<React.AnchorHTMLAttributes<HTMLAnchorElement>, "color" | "style">;

/** A text link to a route. */
export const AnchorLink = createLink(
  forwardRef<HTMLAnchorElement, AnchorProps & ElementProps>((props, ref) => (
    <Anchor ref={ref} {...props} />
  )),
);

/** A link that looks like a button: for the next step that is another page. */
export const ButtonLink = createLink(
  forwardRef<HTMLAnchorElement, ButtonProps & ElementProps>((props, ref) => (
    <Button component="a" ref={ref} {...props} />
  )),
);

/** An entry of the left navigation. */
export const NavItemLink = createLink(
  forwardRef<HTMLAnchorElement, NavLinkProps & ElementProps>((props, ref) => (
    <NavLink component="a" ref={ref} {...props} />
  )),
);
