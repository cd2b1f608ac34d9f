import { SimpleGrid } from "@mantine/core";
import type { ReactNode } from "react";

/** Short fields beside each other where there is room, one under the other on phones. */
export function FieldRow({ children, cols = 2 }: { children: ReactNode; cols?: 2 | 3 }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: cols }} spacing="md" style={{ alignItems: "end" }}>
      {children}
    </SimpleGrid>
  );
}
