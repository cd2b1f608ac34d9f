import { Box, Paper, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { PageTitle, useDocumentTitle } from "@/ui/page";

/** The narrow white card of sign-in and its relatives. */
export function AuthCard({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  useDocumentTitle(title);
  return (
    <Box maw="27rem" mx="auto" py={{ base: "md", sm: "xl" }}>
      <Paper withBorder p={{ base: "md", sm: "xl" }} style={{ borderColor: "var(--sp-line)" }}>
        <PageTitle fz="1.5rem">{title}</PageTitle>
        {lead ? (
          <Text c="dimmed" mt={6} component="div">
            {lead}
          </Text>
        ) : null}
        <Stack mt="lg" gap="md">
          {children}
        </Stack>
      </Paper>
    </Box>
  );
}
