import { Button, Group, Stack, Text } from "@mantine/core";
import { useBlocker, useRouter } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { session } from "@/api/session";

/** Who is signed out has to go to sign-in, whatever stands in the fields. */
export const mayStay = (): boolean => !session.state().startsWith("signed_out");

interface QuestionProps {
  text: string;
  onStay: () => void;
  onDiscard: () => void;
}

/** The two ways on from something unsaved. The one that loses nothing comes under the fingers first. */
export function DiscardQuestion({ text, onStay, onDiscard }: QuestionProps) {
  const { t } = useTranslation();
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <Stack>
      <Text>{text}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onDiscard}>
          {t("leave.discard")}
        </Button>
        <Button ref={stay} data-autofocus onClick={onStay}>
          {t("leave.stay")}
        </Button>
      </Group>
    </Stack>
  );
}

interface DialogGuardProps {
  /** Something unsaved stands in the dialog. */
  holds: () => boolean;
  /** Takes what to do when the person discards it, and when not. */
  onLeave: (way: { proceed: () => void; reset: () => void }) => void;
}

/** How long a dialog whose act leads to another page has for going away, in milliseconds. */
const SETTLES = 50;

/** Tells a dialog that somebody is about to leave the page below it. */
export function DialogGuard(props: DialogGuardProps) {
  // Tests show dialogs without a router, and there nobody goes anywhere.
  return useRouter({ warn: false }) ? <Guard {...props} /> : null;
}

function Guard({ holds, onLeave }: DialogGuardProps) {
  const isShown = useIsShown();
  const way = useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!mayStay() || current.pathname === next.pathname || !holds()) return false;
      await new Promise((done) => setTimeout(done, SETTLES));
      return isShown.current && holds();
    },
    enableBeforeUnload: holds,
    withResolver: true,
  });
  const { status, proceed, reset } = way;
  useEffect(() => {
    if (status === "blocked") onLeave({ proceed, reset });
  }, [status, proceed, reset, onLeave]);
  return null;
}

function useIsShown(): RefObject<boolean> {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}
