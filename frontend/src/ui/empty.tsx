import { Box, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** A list that is still empty: says what will stand here and what to do meanwhile. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Box py="xl" px="md" ta="center" style={{ border: "1px dashed #7c8f97", borderRadius: 8 }}>
      <Title order={2} fz="1.125rem">
        {title}
      </Title>
      <Text c="dimmed" mt={6} maw="34rem" mx="auto" component="div">
        {children}
      </Text>
    </Box>
  );
}
