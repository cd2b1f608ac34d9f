import { Modal, type ModalRootProps } from "@mantine/core";
import { type ReactNode, useCallback, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { DialogGuard, DiscardQuestion } from "./discard";
import { useTyped } from "./typed";

interface Props extends Pick<ModalRootProps, "size"> {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Leaves no way out but the buttons inside: for what cannot be left open. */
  mustDecide?: boolean;
  /** Something unsaved stands in it that is in no text field, such as a file. What was typed is seen without. */
  holds?: boolean;
}

/** What becomes of a dialog with something unsaved in it. */
interface Ways {
  proceed: () => void;
  reset: () => void;
}

/**
 * A dialog with a title and a named way out. Its head is no page header for readers. When something was written in it,
 * Escape, a click beside it, its cross and the way back ask first; its own "Batal" is a decision and does not.
 */
export function Dialog(props: Props) {
  const { opened, onClose, title, size, children, mustDecide = false, holds = false } = props;
  const { t } = useTranslation();
  const plainHead = { component: "div" };
  const typed = useTyped();
  const [ways, setWays] = useState<Ways | null>(null);
  useFocusBack(opened);
  const hold = () => holds || typed.changed() !== undefined;
  const leave = useCallback((way: Ways) => setWays(way), []);
  const close = () => {
    if (ways) return stay();
    if (hold()) setWays({ proceed: onClose, reset: () => undefined });
    else onClose();
  };
  const stay = () => {
    ways?.reset();
    setWays(null);
    // When the fields are shown again.
    setTimeout(() => typed.changed()?.focus());
  };
  return (
    <Modal.Root
      opened={opened}
      onClose={close}
      size={size}
      centered
      radius="md"
      closeOnEscape={!mustDecide}
      closeOnClickOutside={!mustDecide}
    >
      {opened ? <DialogGuard holds={hold} onLeave={leave} /> : null}
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header {...plainHead}>
          <Modal.Title fz="1.125rem" lh={1.3} fw={650}>
            {ways ? t("leave.dialog_title") : title}
          </Modal.Title>
          {mustDecide ? null : <Modal.CloseButton aria-label={t("action.close")} />}
        </Modal.Header>
        <Modal.Body onFocus={typed.onFocus}>
          {ways ? (
            <DiscardQuestion
              text={t("leave.dialog_body")}
              onStay={stay}
              onDiscard={() => {
                setWays(null);
                ways.proceed();
              }}
            />
          ) : null}
          <div hidden={ways !== null}>{children}</div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/**
 * Whoever closes a dialog is where they were before. Mantine sees to it when a dialog is told to close, but not when it is
 * taken away at once, as most here are.
 */
function useFocusBack(opened: boolean): void {
  useLayoutEffect(() => {
    if (!opened) return;
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [opened]);
}
