import { Box, Group, Paper, Stack, Text, Title, type TitleProps } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { focusHeading } from "./page-focus";

interface Props {
  title: string;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** The page's primary action, at the title's right on wide screens. */
  action?: ReactNode;
  children: ReactNode;
  /** Narrow for forms, wide for tables. */
  width?: "form" | "text" | "wide";
}

const MAX_WIDTH = { form: "30rem", text: "46rem", wide: "72rem" } as const;

/** Frame of a page: browser title, heading, one action. */
export function Page({ title, lead, action, children, width = "text" }: Props) {
  useDocumentTitle(title);
  return (
    <Box maw={MAX_WIDTH[width]} mx={width === "wide" ? undefined : "auto"} w="100%">
      <Group justify="space-between" align="flex-start" mb="lg" gap="md">
        <Box flex={1} miw="16rem">
          <PageTitle>{title}</PageTitle>
          {lead ? (
            <Text c="dimmed" mt={6}>
              {lead}
            </Text>
          ) : null}
        </Box>
        {action}
      </Group>
      <Stack gap="lg">{children}</Stack>
    </Box>
  );
}

/** The one heading that names a page; who comes from another page is taken to it. */
export function PageTitle({ children, ...rest }: Omit<TitleProps, "order" | "id">) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => focusHeading(heading.current), []);
  return (
    <Title order={1} id="page-title" tabIndex={-1} ref={heading} {...rest}>
      {children}
    </Title>
  );
}

/** A titled white card: one subject of a page. */
export function Section({
  title,
  children,
  aside,
  id,
}: {
  title?: string;
  children: ReactNode;
  aside?: ReactNode;
  id?: string;
}) {
  return (
    <Paper
      withBorder
      p={{ base: "md", sm: "lg" }}
      component="section"
      id={id}
      style={{ borderColor: "var(--sp-line)" }}
    >
      {title ? (
        <Group justify="space-between" mb="md" gap="sm">
          <Title order={2}>{title}</Title>
          {aside}
        </Group>
      ) : null}
      {children}
    </Paper>
  );
}

/** Names the browser tab after the page. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Satu Pintu`;
  }, [title]);
}
