import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { ReadinessItem } from "@/api/readiness";
import { AnchorLink } from "../links";
import { itemLink } from "./item-link";

interface Props {
  item: Pick<ReadinessItem, "code">;
  /** The district. */
  code: string;
  children: ReactNode;
}

/** A link to an item in its checklist; its words alone when this program has no screen for it. */
export function ItemAnchor({ item, code, children }: Props) {
  const link = itemLink(item, code);
  return link ? <AnchorLink {...link}>{children}</AnchorLink> : <Text span>{children}</Text>;
}
