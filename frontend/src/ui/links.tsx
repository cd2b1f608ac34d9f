import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
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

/** The way back to the list a page belongs to, on a line of its own. */
export const BackLink = createLink(
  forwardRef<HTMLAnchorElement, AnchorProps & ElementProps>(({ children, ...props }, ref) => (
    <Anchor
      ref={ref}
      display="inline-flex"
      mih="2.75rem"
      style={{ alignItems: "center", gap: "0.4rem", alignSelf: "flex-start" }}
      {...props}
    >
      <IconArrowLeft size={20} aria-hidden />
      {children}
    </Anchor>
  )),
);
