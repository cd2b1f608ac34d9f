import { Badge, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { StandardChangeKind } from "@/api/standards";

const COLOR: Record<StandardChangeKind, string> = {
  added: "laut",
  retired: "gray",
  reworded: "gray",
  reweighted: "gray",
  demanded: "kunyit",
  relaxed: "gray",
  judged_otherwise: "kunyit",
};

/** In which ways an item is different: words, colour beside them. */
export function ChangeKinds({ kinds }: { kinds: readonly StandardChangeKind[] }) {
  const { t } = useTranslation("standards");
  return (
    <Group gap={6}>
      {kinds.map((kind) => (
        <Badge
          key={kind}
          variant="light"
          color={COLOR[kind]}
          c={COLOR[kind] === "gray" ? "dark.8" : undefined}
          style={{ minWidth: "max-content" }}
        >
          {t(`kind.${kind}`)}
        </Badge>
      ))}
    </Group>
  );
}
