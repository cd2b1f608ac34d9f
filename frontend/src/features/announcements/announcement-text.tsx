import { Anchor, Stack, Text } from "@mantine/core";
import { IconArrowRight, IconExternalLink } from "@tabler/icons-react";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { hostOf } from "@/lib/host-of";

/** The paragraphs of an announcement, and where it leads. */
export function AnnouncementText({ text, link }: { text: string; link?: string | null }) {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim());
  return (
    <Stack gap="sm" maw="44rem">
      {paragraphs.map((paragraph, place) => (
        <Text
          // biome-ignore lint/suspicious/noArrayIndexKey: a text that is never changed
          key={place}
          style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}
        >
          {paragraph}
        </Text>
      ))}
      {link ? <Lead link={link} /> : null}
    </Stack>
  );
}

function Lead({ link }: { link: string }) {
  const { t } = useTranslation("announcements");
  const router = useRouter();
  const style = { display: "inline-flex", alignItems: "center", gap: "0.4rem" };
  if (link.startsWith("/")) {
    return (
      <Anchor
        href={link}
        mih="2.75rem"
        style={style}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          router.history.push(link);
        }}
      >
        {t("follow")}
        <IconArrowRight size={20} aria-hidden />
      </Anchor>
    );
  }
  // The service lets only https:// pass; an address that cannot be read is not offered.
  const host = hostOf(link);
  if (!host || !link.startsWith("https://")) return null;
  return (
    <Anchor href={link} target="_blank" rel="noopener noreferrer" mih="2.75rem" style={style}>
      {t("follow_outside", { host })}
      <IconExternalLink size={20} aria-hidden />
    </Anchor>
  );
}
