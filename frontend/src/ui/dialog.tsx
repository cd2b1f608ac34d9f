import { Modal, type ModalRootProps } from "@mantine/core";
import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";

interface Props extends Pick<ModalRootProps, "size"> {
  opened: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Leaves no way out but the buttons inside: for what cannot be left open. */
  mustDecide?: boolean;
}

/** A dialog with a title and a named way out. Its head is no page header for readers. */
export function Dialog({ opened, onClose, title, size, children, mustDecide = false }: Props) {
  const { t } = useTranslation();
  const plainHead = { component: "div" };
  useFocusBack(opened);
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      centered
      radius="md"
      closeOnEscape={!mustDecide}
      closeOnClickOutside={!mustDecide}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header {...plainHead}>
          <Modal.Title fz="1.125rem" lh={1.3} fw={650}>
            {title}
          </Modal.Title>
          {mustDecide ? null : <Modal.CloseButton aria-label={t("action.close")} />}
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
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
