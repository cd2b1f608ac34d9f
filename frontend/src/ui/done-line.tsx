import { Text } from "@mantine/core";
import { useEffect, useRef } from "react";

/**
 * Says that something was done. It is on the page from the start, so that readers tell what comes into it, and it takes the
 * focus when what was pressed is gone: the keyboard goes on from here, not from the top of the page.
 */
export function DoneLine({ children }: { children: string | null }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (!children) return;
    // Once the dialog that did it has given the focus back.
    const timer = setTimeout(() => {
      const now = document.activeElement;
      if (!now || now === document.body) line.current?.focus();
    }, 50);
    return () => clearTimeout(timer);
  }, [children]);
  return (
    <Text role="status" ref={line} tabIndex={-1} fw={children ? 600 : undefined}>
      {children}
    </Text>
  );
}
